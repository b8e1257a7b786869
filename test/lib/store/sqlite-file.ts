import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { TestContext } from 'node:test';

/** A path for an SQLite store, in a folder that doesn't exist yet. It is gone after the test. */
export function freshPath(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'postern-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return join(folder, 'data', 'postern.db');
}

/** Looks at the file behind the store's back. */
export function withDatabase<T>(path: string, look: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(path);
  try {
    return look(database);
  } finally {
    database.close();
  }
}

/** Writes nonsense where secrets should be. */
export function damageRecords(
  path: string,
  user: string,
  { ticketHash, id }: { ticketHash: string; id: string },
): void {
  withDatabase(path, (database) => {
    const write = (set: string, key: string) =>
      database.prepare(`UPDATE ${set} = ?`).run('in-clear', key);
    write('grants SET refreshToken = ? WHERE user', user);
    write('consents SET nonce = ? WHERE ticketHash', ticketHash);
    write('requests SET payload = ? WHERE id', id);
  });
}
