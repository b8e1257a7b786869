import fc from 'fast-check';

/** How long people ask and faults strike, in each of the two acts. In milliseconds. */
export const ACT_MS = 5000;

export const PEOPLE = ['ana', 'bruno', 'carla'] as const;
export type Person = (typeof PEOPLE)[number];

/** Somebody asks for a post. */
export interface Asking {
  atMs: number;
  by: Person;
  /** One of the three rooms. */
  room: 0 | 1 | 2;
}

/** The fault strikes. What that means is the fault's own business. */
export interface Strike {
  atMs: number;
  /** Which of the three subscribers. */
  slot: 0 | 1 | 2;
  /** How hard, in [0, 1). */
  force: number;
}

/** All that chance decides about a run. */
export interface Schedule {
  dialect: 'classic' | 'add-on';
  asked: readonly Asking[];
  /** When Bruno begins to follow his link. */
  consentAtMs: number;
  /** Of the first act, in which all ask; and of the second, in which Ana disconnects. */
  strikes: readonly [readonly Strike[], readonly Strike[]];
}

const atMs = fc.integer({ min: 0, max: ACT_MS });
const which = fc.constantFrom(0 as const, 1 as const, 2 as const);
const force = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const strike = fc.record({ atMs, slot: which, force });
const asking = (by: Person) => fc.record({ atMs, by: fc.constant(by), room: which });
const inOrder = <T extends { atMs: number }>(list: readonly T[]): T[] =>
  list.toSorted((one, other) => one.atMs - other.atMs);

const schedule = fc.record({
  dialect: fc.constantFrom('classic' as const, 'add-on' as const),
  asked: fc
    .tuple(
      fc.array(asking('ana'), { minLength: 4, maxLength: 8 }),
      fc.array(asking('bruno'), { minLength: 2, maxLength: 4 }),
      fc.array(asking('carla'), { minLength: 1, maxLength: 2 }),
    )
    .map((lists) => inOrder(lists.flat())),
  consentAtMs: atMs,
  strikes: fc.tuple(
    fc.array(strike, { minLength: 3, maxLength: 6 }).map(inOrder),
    fc.array(strike, { minLength: 1, maxLength: 3 }).map(inOrder),
  ),
});

/** The same seed gives the same schedule. How the machine interleaves the processes is not in it. */
export function scheduleOf(seed: number): Schedule {
  const [drawn] = fc.sample(fc.noBias(schedule), { seed, numRuns: 1 });
  if (drawn === undefined) throw new Error('fast-check drew nothing');
  return drawn;
}
