import { SealError } from '../lib/errors.ts';
import type { Page, SealedRecord } from '../lib/store/administration.ts';
import { keyIdOf } from '../lib/store/sealer.ts';
import { type Corrupt, corruptLines } from './corrupt.ts';
import type { KeysDesk } from './desk.ts';
import { pagesOf } from './pages.ts';
import { startProgress } from './progress.ts';
import type { Result } from './result.ts';

const COLLECTIONS = ['grants', 'consents', 'requests'] as const;

/** The processes write meanwhile. What is left after so many rounds is left to another run. */
const ROUNDS = 3;

/**
 * Encrypts anew, under the first key, all that another key has encrypted. Each record on its own, and only if nobody has
 * changed it meanwhile: it may be interrupted, and run again.
 */
export async function rewrap(desk: KeysDesk, signal: AbortSignal): Promise<Result> {
  const [primary = '', ...others] = desk.keyIds;
  let rewrapped = 0;
  let { left, corrupt } = await countOthers(desk, primary, signal);
  for (let round = 0; round < ROUNDS && total(left) > 0; round++) {
    const changed = await rewrapOnce(desk, primary, total(left), signal);
    rewrapped += changed;
    ({ left, corrupt } = await countOthers(desk, primary, signal));
    if (changed === 0) break;
  }
  // What can't be read may be under any of them.
  const unused = corrupt.length > 0 ? [] : others.filter((id) => !left.has(id));
  return {
    lines: [
      `Encrypted anew under ${primary}: ${rewrapped}.`,
      ...unused.map(
        (id) =>
          `Key ${id} is no longer used: it may be removed from TOKEN_KEYS, once ${primary} comes first in it for every process.`,
      ),
      ...[...left].map(([id, count]) => stillUnder(id, count, others)),
      ...corruptLines(corrupt),
    ],
    data: { key: primary, rewrapped, left: Object.fromEntries(left), unused, corrupt },
    incomplete: left.size > 0 || corrupt.length > 0,
  };
}

function stillUnder(id: string, count: number, known: readonly string[]): string {
  return known.includes(id)
    ? `Still under key ${id}: ${count}. It was written meanwhile, or doesn’t open: see that ${id} comes first in TOKEN_KEYS of no ` +
        'process any more, and run it again. Who can’t be helped so is asked to connect again.'
    : `Under key ${id}, which is not in TOKEN_KEYS: ${count}. Put that key back behind the first one and run it again; if it is ` +
        'lost, these people are asked to connect again.';
}

/** How many sealed values there are under each key but this one, and what can't be read at all. */
async function countOthers(
  desk: KeysDesk,
  primary: string,
  signal: AbortSignal,
): Promise<{ left: Map<string, number>; corrupt: Corrupt[] }> {
  const counts = new Map<string, number>();
  const corrupt: Corrupt[] = [];
  for await (const page of sealedPages(desk, corrupt, signal)) {
    for (const id of page.flatMap(({ values }) => values.map(keyIdOf))) {
      if (id !== primary) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  }
  return { left: counts, corrupt };
}

const total = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((sum, count) => sum + count, 0);

/** @returns how many values are under the first key now that weren't */
async function rewrapOnce(
  desk: KeysDesk,
  primary: string,
  expected: number,
  signal: AbortSignal,
): Promise<number> {
  const progress = startProgress(desk.terminal, 'Encrypting anew', expected);
  let rewrapped = 0;
  try {
    for await (const page of sealedPages(desk, [], signal)) {
      const old = page.filter(({ values }) => values.some((value) => keyIdOf(value) !== primary));
      const done = await Promise.all(old.map((record) => reseal(desk, record)));
      progress.tick(old.reduce((sum, { values }) => sum + values.length, 0));
      rewrapped += done.reduce((sum, count) => sum + count, 0);
    }
  } finally {
    progress.end();
  }
  return rewrapped;
}

async function* sealedPages(
  { store: { administration } }: KeysDesk,
  corrupt: Corrupt[],
  signal: AbortSignal,
): AsyncGenerator<SealedRecord[]> {
  for (const collection of COLLECTIONS) {
    yield* pagesOf(
      (page: Page) => administration.listSealed(collection, page),
      { collection, corrupt },
      signal,
    );
  }
}

async function reseal({ store, sealer }: KeysDesk, record: SealedRecord): Promise<number> {
  const { collection, owner, values } = record;
  const context = { collection, owner };
  try {
    const fresh = await Promise.all(
      values.map(async (value) => sealer.seal(await sealer.open(value, context), context)),
    );
    return (await store.administration.reseal(record, fresh)) ? values.length : 0;
  } catch (error) {
    // It is counted as left.
    if (error instanceof SealError) return 0;
    throw error;
  }
}
