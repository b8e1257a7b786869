import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { createPacer } from '../../../src/lib/chat/pacer.ts';
import { createQuotas, type Quota } from '../../../src/lib/chat/quotas.ts';
import { minutes } from '../../../src/lib/clock.ts';
import { spaceName } from '../../../src/lib/names.ts';
import { virtualTime } from './virtual-time.ts';

const quota = fc.record({
  calls: fc.integer({ min: 1, max: 4 }),
  withinMs: fc.integer({ min: 1, max: 2000 }),
});
const arrival = fc.record({
  at: fc.integer({ min: 0, max: 5000 }),
  space: fc.integer({ min: 0, max: 3 }),
  takesMs: fc.integer({ min: 0, max: 700 }),
  /** When on its way Chat counts it: at the beginning, at the end, or in between. */
  countedAfter: fc.double({ min: 0, max: 1, noNaN: true }),
});

interface Made {
  space: number;
  arrived: number;
  counted: number;
}

async function run(inSpace: Quota, inProject: Quota, arrivals: readonly Arrival[]) {
  const time = virtualTime();
  const quotas = createQuotas({ writesPerMinute: 3000, writesPerSecondAndSpace: 1 });
  const pacer = createPacer({
    quotas: {
      project: { ...quotas.project, 'message-write': inProject },
      space: { ...quotas.space, write: inSpace },
    },
    elapsed: time.now,
    sleep: time.sleep,
    random: () => 0,
  });
  const made: Made[] = [];
  const { signal } = new AbortController();
  const arrive = async ({ at, space, takesMs, countedAfter }: Arrival, arrived: number) => {
    await time.sleep(at);
    const counted = { as: 'message-write', space: spaceName.parse(`spaces/${space}`) } as const;
    await pacer.pace(counted, { waitMs: minutes(60), signal }, async () => {
      made.push({ space, arrived, counted: time.now() + takesMs * countedAfter });
      await time.sleep(takesMs);
    });
  };
  const inTime = arrivals.toSorted((one, other) => one.at - other.at);
  const all = Promise.all(inTime.map(arrive));
  await time.run();
  await all;
  return { made, end: time.now() };
}

type Arrival = typeof arrival extends fc.Arbitrary<infer T> ? T : never;

/** In no time of this length, wherever it begins, Chat counts more than it allows. */
function assertWithin({ calls, withinMs }: Quota, made: readonly Made[]): void {
  const counted = made.map((one) => one.counted).toSorted((one, other) => one - other);
  for (const [index, at] of counted.entries()) {
    const later = counted[index + calls];
    assert.ok(later === undefined || later - at >= withinMs, `${later} is too soon after ${at}`);
  }
}

it('never makes more calls than a quota allows in any window, keeps each space’s order, and starves none', async () => {
  await fc.assert(
    fc.asyncProperty(
      quota,
      quota,
      fc.array(arrival, { minLength: 1, maxLength: 30 }),
      async (inSpace, inProject, arrivals) => {
        const { made, end } = await run(inSpace, inProject, arrivals);
        assert.equal(made.length, arrivals.length, 'all were made');
        assertWithin(inProject, made);
        for (const space of [0, 1, 2, 3]) {
          const there = made.filter((one) => one.space === space);
          assertWithin(inSpace, there);
          const order = there.map(({ arrived }) => arrived);
          assert.deepEqual(
            order,
            order.toSorted((one, other) => one - other),
          );
        }
        const each = Math.max(inSpace.withinMs, inProject.withinMs) + 700;
        assert.ok(end <= 5000 + arrivals.length * each, 'none waited for longer than it had to');
      },
    ),
    { numRuns: 200 },
  );
});
