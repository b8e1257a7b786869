import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

test('a Firestore that accepts connections and says nothing is given up in time', async (t) => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  t.after(() => silent.close());
  const address = silent.address();
  assert.ok(typeof address === 'object' && address !== null);

  const client = join(import.meta.dirname, 'unreachable-client.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [client], {
    env: { ...process.env, FIRESTORE_EMULATOR_HOST: `127.0.0.1:${address.port}` },
  });
  assert.equal(stdout, 'store_unavailable, closed');
});
