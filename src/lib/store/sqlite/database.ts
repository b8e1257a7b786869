import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Opens a database file for several processes at a time. The file is made for its owner alone; SQLite gives its -wal and -shm
 * files the same mode. What was there keeps its mode: the owner may have wanted it so.
 *
 * @param busyTimeoutMs how long a call waits, and with it the process, while another process writes
 */
export function openDatabase(path: string, busyTimeoutMs: number): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  createForOwner(path);
  const database = new DatabaseSync(path, { timeout: busyTimeoutMs });
  try {
    switchToWal(database, busyTimeoutMs);
    // FULL: what is written outlives a power cut, but for what is written by `unflushed`. secure_delete: what is forgotten is overwritten.
    database.exec('PRAGMA synchronous = FULL; PRAGMA secure_delete = ON');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

const PAUSE_MS = 10;

/**
 * The one statement for which SQLite does not wait: when two processes make the file at the same moment, one is told at once
 * that it is locked.
 */
function switchToWal(database: DatabaseSync, patienceMs: number): void {
  for (let waitedMs = 0; ; waitedMs += PAUSE_MS) {
    try {
      database.exec('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      if (!isBusy(error) || waitedMs >= patienceMs) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    }
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5;
}

/** Never opens a file that exists: closing it again would end the locks that this process has on it (fcntl(2)). */
function createForOwner(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

/** Runs `work` as one transaction that holds the write lock from the start. Rolled back when it throws. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // SQLite has rolled back by itself after some errors, a full disk for one.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/**
 * Does transactions that need not outlive a power cut, but a crash of this process: they wait for no flush to the disk. The next
 * flush takes them along, and none is ever lost without all that came after it.
 */
export function unflushed<T>(database: DatabaseSync, work: () => T): T {
  database.exec('PRAGMA synchronous = NORMAL');
  try {
    return work();
  } finally {
    database.exec('PRAGMA synchronous = FULL');
  }
}
