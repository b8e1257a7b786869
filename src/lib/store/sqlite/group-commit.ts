import type { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../../errors.ts';
import { inTransaction } from './database.ts';
import { answered } from './errors.ts';

/**
 * Writes to a database. Resolves to what `work` returns, once that is on the disk.
 *
 * @param work may be run again, from the start, when the first time was rolled back
 * @throws StoreError, or whatever `work` throws: then nothing of it is written
 */
export type Write = <T>(work: () => T) => Promise<T>;

interface Waiting {
  run(): void;
  settle(): void;
  fail(error: unknown): void;
}

/**
 * Group commit: all that is to be written in one turn of the event loop shares a transaction, and so the one flush to the disk
 * that each commit costs. That flush is most of what a write takes, and nothing else happens meanwhile.
 */
export function createGroupCommit(database: DatabaseSync): Write {
  let group: Waiting[] = [];

  const commit = (members: readonly Waiting[]): void => {
    answered(() =>
      inTransaction(database, () => {
        for (const member of members) member.run();
      }),
    );
    for (const member of members) member.settle();
  };
  const commitOrFail = (members: readonly Waiting[]): void => {
    try {
      commit(members);
    } catch (error) {
      // One of them may have spoilt it for the others; but each alone would wait as long for a database that doesn't answer.
      const isSpoilt = members.length > 1 && !isUnavailable(error);
      const end = (member: Waiting): void =>
        isSpoilt ? commitOrFail([member]) : member.fail(error);
      members.forEach(end);
    }
  };

  return <T>(work: () => T) =>
    new Promise<T>((resolve, reject) => {
      let result: { value: T } | undefined;
      if (group.length === 0) {
        setImmediate(() => {
          const members = group;
          group = [];
          commitOrFail(members);
        });
      }
      group.push({
        run() {
          result = { value: work() };
        },
        settle() {
          if (result !== undefined) resolve(result.value);
        },
        fail: reject,
      });
    });
}

function isUnavailable(error: unknown): boolean {
  return error instanceof StoreError && error.retryable;
}
