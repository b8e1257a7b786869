import { StoreError } from '../../errors.ts';

/** SQLite's primary result codes (sqlite.org/rescode.html) that are about the file, and not about our SQL. */
const UNAVAILABLE: ReadonlyMap<number, string> = new Map([
  [3, 'Check who may read and write the file and its folder.'],
  [5, 'Another process has kept it locked for too long.'],
  [6, 'Another connection has kept it locked for too long.'],
  [7, 'There is not enough memory.'],
  [8, 'Check that the file, its folder and the file system are writable.'],
  [10, 'Check the disk.'],
  [13, 'The disk is full.'],
  [14, 'Check that its folder exists, and who may write there.'],
  [15, 'Another process keeps locking it; WAL mode needs a local disk.'],
]);
const CORRUPT: ReadonlySet<number> = new Set([11, 26]);

/** @throws StoreError in place of what SQLite or the file system said; all other errors as they are: they are defects */
export function answered<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw toStoreError(error);
  }
}

function toStoreError(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  if (error.code === 'ERR_INVALID_STATE') {
    return unavailable('It has been closed: this process is ending.', error);
  }
  if ('errcode' in error && typeof error.errcode === 'number') {
    return fromSqlite(error, error.errcode & 0xff);
  }
  if ('syscall' in error && typeof error.code === 'string') {
    return unavailable(`Check the path in STORE, and who may write there (${error.code}).`, error);
  }
  return error;
}

function fromSqlite(error: Error, code: number): unknown {
  if (CORRUPT.has(code)) {
    return new StoreError(
      'store_corrupt',
      'The SQLite database of STORE is damaged, or is no database. Restore it from a backup, or move it away.',
      { cause: error },
    );
  }
  const hint = UNAVAILABLE.get(code);
  return hint === undefined ? error : unavailable(hint, error);
}

function unavailable(hint: string, cause: Error): StoreError {
  return new StoreError(
    'store_unavailable',
    `The SQLite database of STORE does not answer. ${hint}`,
    { cause },
  );
}
