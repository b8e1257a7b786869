import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKeyring } from '../../../src/lib/store/keyring.ts';
import type { Sealer } from '../../../src/lib/store/sealer.ts';
import { openSqliteStore } from '../../../src/lib/store/sqlite/sqlite-store.ts';
import type { Store } from '../../../src/lib/store/store.ts';
import { CLIENT_ID } from './id-tokens.ts';

export interface LocalStore {
  store: Store;
  sealer: Sealer;
  path: string;
  close(): Promise<void>;
}

/** The real store and sealer, in a folder of their own. */
export function openLocalStore(): LocalStore {
  const folder = mkdtempSync(join(tmpdir(), 'postern-'));
  const path = join(folder, 'auth-data.sqlite');
  const store = openSqliteStore({ path });
  const keys = [{ id: 'test', key: randomBytes(32) }];
  return {
    store,
    sealer: createKeyring({ keys, clientId: CLIENT_ID }),
    path,
    async close() {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}
