import type { StoreError } from '../lib/errors.ts';
import { printable } from '../lib/printable.ts';
import type { SealContext } from '../lib/store/sealer.ts';

/** A record that isn't as Postern writes it. */
export interface Corrupt {
  collection: SealContext['collection'];
  /** Its own, in the collection. */
  key: string;
  /** Which of its fields, and what to do. */
  problem: string;
}

export function toCorrupt(
  collection: Corrupt['collection'],
  key: string,
  { message }: StoreError,
): Corrupt {
  return { collection, key, problem: message };
}

/** For people, each by where it is found. */
export function corruptLines(corrupt: readonly Corrupt[]): string[] {
  return corrupt.map(({ collection, key, problem }) =>
    printable(`✗ “${key}” in “${collection}” can’t be read. ${problem}`),
  );
}
