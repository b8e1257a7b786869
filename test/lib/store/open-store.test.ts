import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openStore } from '../../../src/lib/store/open-store.ts';

/** Whether the code of Firestore's client is in this process: it is CommonJS, so Node lists it here. */
const isFirestoreLoaded = () =>
  Object.keys(createRequire(import.meta.url).cache).some((file) =>
    file.includes('@google-cloud/firestore'),
  );

test('only the store that is asked for is loaded', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'postern-'));
  t.after(() => rmSync(folder, { recursive: true }));

  const sqlite = await openStore({ kind: 'sqlite', path: join(folder, 'postern.db') });
  await sqlite.ping();
  await sqlite.close();
  assert.equal(isFirestoreLoaded(), false);

  const firestore = await openStore({ kind: 'firestore', database: 'auth-data', projectId: 'p' });
  await firestore.close();
  assert.equal(isFirestoreLoaded(), true);
});
