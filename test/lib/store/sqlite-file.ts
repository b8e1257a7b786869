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
