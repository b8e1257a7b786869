import { setTimeout as wait } from 'node:timers/promises';
import { type Contestant, start } from '../contestants/contestants.ts';
import { type Lab, type Place, subscriptionIn } from '../lab.ts';
import { allReceived, burst, killAll, trickle, warm } from '../load.ts';
import { median } from '../stats.ts';
import { perSecond, type Row, times } from './row.ts';
import { type Burst, timed } from './throughput.ts';

const SLOW_MS = 200;
const COUNTS = [1, 2, 4] as const;
/** What one subscriber carries with Chat taking 200 ms, 100 requests at a time. */
const EACH_PER_SECOND = 500;

/** What more subscribers on the same store carry more. */
export async function measureScaling(lab: Lab): Promise<Row[]> {
  const rows: Row[] = [];
  for (const maxConcurrency of lab.sizes.scalingConcurrencies) {
    rows.push(await measureWith(lab, maxConcurrency));
  }
  return rows;
}

async function measureWith(lab: Lab, maxConcurrency: number): Promise<Row> {
  const rates: Burst[] = [];
  for (const count of COUNTS) rates.push(await measureCount(lab, count, maxConcurrency));
  const [one, two, four] = rates.map(({ rate }) => rate) as [number, number, number];
  const cores = (burst: Burst | undefined): string =>
    `${((burst?.cores ?? Number.NaN) + (burst?.googlesCores ?? Number.NaN)).toFixed(2)} cores`;
  return {
    figure: `1 → 2 → 4 subscribers on one SQLite file, Chat taking ${SLOW_MS} ms, ${maxConcurrency} at a time each`,
    goal: 'linear within 10%, until the cores are the limit',
    measured: `${perSecond(one)} → ${perSecond(two)} (${times(two / one)}) → ${perSecond(four)} (${times(four / one)})`,
    met: two >= 1.8 * one && four >= 3.6 * one,
    note: `All processes together use ${rates.map(cores).join(', ')}`,
    data: { rates },
  };
}

async function measureCount(lab: Lab, count: number, maxConcurrency: number): Promise<Burst> {
  const environment = { MAX_CONCURRENCY: String(maxConcurrency) };
  const first = await start(lab, 'postern, sqlite', { environment });
  const { place, store } = first;
  const group: Contestant[] = [first];
  while (group.length < count) {
    group.push(await start(lab, 'postern, sqlite', { place, store, environment }));
  }
  // Whoever comes late finds everything given out.
  while (lab.pubsub.backlog(subscriptionIn(place.project)).consumers < count) await wait(20);
  burst(place, count);
  await allReceived(lab);
  for (let nth = 0; nth < count; nth++) await warm(lab, first);
  lab.chat.delayMs = SLOW_MS;
  const perSecondOfAll = (EACH_PER_SECOND * maxConcurrency * count) / 100;
  // A little faster than they can be. Of a burst the simulator gives nearly all to whichever stream is ready first.
  const everyMs = 1000 / (perSecondOfAll * 1.2);
  const publish = (at: Place, events: number) => trickle(at, events, everyMs);
  const bursts: Burst[] = [];
  for (let round = 0; round < Math.min(3, lab.sizes.rounds); round++) {
    const all = { place, cpuMs: () => sum(group.map((one) => one.cpuMs() ?? Number.NaN)) };
    bursts.push(await timed(lab, all, perSecondOfAll * lab.sizes.scalingSeconds, publish));
  }
  lab.chat.delayMs = 0;
  await killAll(group);
  const middle = median(bursts.map(({ rate }) => rate));
  return bursts.find(({ rate }) => rate === middle) ?? bursts[0] ?? never();
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function never(): never {
  throw new Error('Nothing was measured');
}
