import type { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../../errors.ts';
import { inTransaction, unflushed } from './database.ts';
import { answered } from './errors.ts';

/**
 * What a write outlives once it has resolved: a power cut, as nearly everything has to; or a crash of the process only, where it
 * is enough that whoever finds it gone after a power cut does the same again without harm.
 */
export type Outlives = 'power-cut' | 'crash';

/**
 * Writes to a database. Resolves to what `work` returns, once that is written.
 *
 * @param work may be run again, from the start, when the first time was rolled back
 * @throws StoreError, or whatever `work` throws: then nothing of it is written
 */
export type Write = <T>(work: () => T, outlives: Outlives) => Promise<T>;

interface Waiting {
  outlives: Outlives;
  run(): void;
  settle(): void;
  fail(error: unknown): void;
}

/**
 * Group commit: all that is to be written in one turn of the event loop shares a transaction, and so the one flush to the disk
 * that it costs, unless nothing of it has to outlive a power cut. That flush is most of what a write takes, and nothing else
 * happens meanwhile.
 */
export function createGroupCommit(database: DatabaseSync): Write {
  let group: Waiting[] = [];

  const commit = (members: readonly Waiting[]): void => {
    const work = (): void =>
      inTransaction(database, () => {
        for (const member of members) member.run();
      });
    const isFlushed = members.some(({ outlives }) => outlives === 'power-cut');
    answered(() => (isFlushed ? work() : unflushed(database, work)));
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

  return <T>(work: () => T, outlives: Outlives) =>
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
        outlives,
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
