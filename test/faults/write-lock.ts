import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { seconds } from '../../src/lib/clock.ts';

/** Whoever has it, has it for less. In milliseconds. */
const LOCKING_MS = seconds(30);

/** Takes the write lock of an SQLite file as soon as it is free. @returns what gives it back */
export async function takeWriteLock(path: string): Promise<() => void> {
  // No time to wait: that would stop this whole process, and with it Google.
  const database = new DatabaseSync(path, { timeout: 0 });
  const deadline = Date.now() + LOCKING_MS;
  while (Date.now() < deadline) {
    try {
      database.exec('BEGIN EXCLUSIVE');
      return () => database.close();
    } catch (error) {
      if (!(error instanceof Error && 'errcode' in error && error.errcode === 5)) throw error;
      await wait(5);
    }
  }
  database.close();
  throw new Error(`The store’s write lock: not free within ${LOCKING_MS / 1000} s`);
}
