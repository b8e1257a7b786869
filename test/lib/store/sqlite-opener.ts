import { openSqliteStore } from '../../../src/lib/store/sqlite/sqlite-store.ts';

/** A process of its own for sqlite.test.ts: opens the store at every path that it is told, and says whether it could. */
function open(path: string): string {
  try {
    void openSqliteStore({ path }).close();
    return 'opened';
  } catch (error) {
    return String(error);
  }
}

process.on('message', (path) => {
  process.send?.(open(String(path)));
});
