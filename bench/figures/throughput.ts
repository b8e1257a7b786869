import type { Contestant, ContestantName } from '../contestants/contestants.ts';
import type { Lab, Place } from '../lab.ts';
import { allReceived, alternate, burst, killAll, startWarm } from '../load.ts';
import { median } from '../stats.ts';
import { perSecond, type Row, times } from './row.ts';

const NAMES: readonly ContestantName[] = [
  'bare',
  'postern, sqlite',
  'postern, firestore',
  'published flow',
];

const SLOW_MS = 200;
/** Of a burst with Chat taking so long: what passes before it counts. */
const SHARE_IN_STEP = 0.3;

/** One burst. */
export interface Burst {
  /** Events a second, from the first one's publishing to the last one's request. */
  rate: number;
  /** Of a core: what the contestant used, and what this process did. */
  cores: number | undefined;
  googlesCores: number;
  /** What an event took of a core, in milliseconds. */
  cpuMs: number | undefined;
}

/** How much of a backlog is worked off in a second, with Chat answering at once and with Chat taking its time. */
export async function measureThroughput(lab: Lab, names = NAMES): Promise<Row[]> {
  const { rounds, burstEvents, slowEvents } = lab.sizes;
  const contestants = await startWarm(lab, names);
  const fast = await alternate(lab, contestants, rounds, (one) => timed(lab, one, burstEvents));
  lab.chat.delayMs = SLOW_MS;
  const bounded = contestants.filter(({ name }) => name !== 'published flow');
  const slow = await alternate(lab, bounded, rounds, (one) => steadyRate(lab, one, slowEvents));
  lab.chat.delayMs = 0;
  await killAll(contestants);
  return [...fastRows(fast), slowRow(slow)];
}

/** How long a contestant takes for so many events, published at once unless said otherwise, and what of the cores. */
export async function timed(
  lab: Lab,
  { place, cpuMs }: Pick<Contestant, 'place' | 'cpuMs'>,
  events: number,
  publish: (place: Place, events: number) => unknown = burst,
): Promise<Burst> {
  const before = { own: cpuMs(), google: process.cpuUsage(), at: performance.now() };
  await publish(place, events);
  await allReceived(lab);
  const tookMs = performance.now() - before.at;
  const own = difference(cpuMs(), before.own);
  const google = process.cpuUsage(before.google);
  return {
    rate: (events / tookMs) * 1000,
    cores: own === undefined ? undefined : own / tookMs,
    googlesCores: (google.user + google.system) / 1000 / tookMs,
    cpuMs: own === undefined ? undefined : own / events,
  };
}

/**
 * How many a second Chat has of a burst, once it flows: a burst begins in step, a hundred at a time, and whoever does more with
 * each than the other is out of step later. Of what comes in day by day nothing is in step.
 */
async function steadyRate(lab: Lab, { place }: Contestant, events: number): Promise<number> {
  const numbers = burst(place, events);
  await allReceived(lab);
  const received = numbers
    .map((number) => lab.arrivals.receivedAt(number) ?? Number.NaN)
    .toSorted((one, other) => one - other)
    .slice(events * SHARE_IN_STEP);
  const tookMs = (received.at(-1) ?? Number.NaN) - (received[0] ?? Number.NaN);
  return ((received.length - 1) / tookMs) * 1000;
}

function difference(after: number | undefined, before: number | undefined): number | undefined {
  return after === undefined || before === undefined ? undefined : after - before;
}

type Bursts = Map<ContestantName, Burst[]>;

function fastRows(measured: Bursts): Row[] {
  const [bare = 0, sqlite = 0, firestore = 0, published = 0] = NAMES.map((name) =>
    rateOf(measured, name),
  );
  const cpu = NAMES.map((name) => `${name} ${cpuOf(measured, name)}`).join(', ');
  return [
    {
      figure: 'Events per second, Chat answering at once, SQLite',
      goal: '≥ 0.7× bare, ≥ 3× the published flow',
      measured:
        `${perSecond(sqlite)}: ${times(sqlite / bare)} bare (${perSecond(bare)}), ` +
        `${times(sqlite / published)} the published flow (${perSecond(published)}); Firestore (emulator) ${perSecond(firestore)}`,
      met: sqlite >= 0.7 * bare && sqlite >= 3 * published,
      note: `CPU per event: ${cpu}`,
      data: Object.fromEntries(measured),
    },
    {
      figure: 'Google’s process beside bare',
      goal: 'no bottleneck: below one core',
      measured: `${coresOf(measured, 'bare', 'googlesCores')} cores, bare ${coresOf(measured, 'bare', 'cores')}; beside Postern ${coresOf(measured, 'postern, sqlite', 'googlesCores')}, Postern ${coresOf(measured, 'postern, sqlite', 'cores')}`,
      met: medianOf(measured, 'bare', 'googlesCores') < medianOf(measured, 'bare', 'cores'),
      data: {},
    },
  ];
}

function slowRow(measured: Map<ContestantName, number[]>): Row {
  const [bare = 0, sqlite = 0, firestore = 0] = NAMES.map((name) =>
    median(measured.get(name) ?? []),
  );
  return {
    figure: `Events per second, Chat taking ${SLOW_MS} ms, 100 at a time, once it flows`,
    goal: '≥ 0.95× bare',
    measured: `${perSecond(sqlite)}: ${times(sqlite / bare)} bare (${perSecond(bare)}); Firestore ${perSecond(firestore)}`,
    met: sqlite >= 0.95 * bare,
    data: Object.fromEntries(measured),
  };
}

function rateOf(measured: Bursts, name: ContestantName): number {
  return medianOf(measured, name, 'rate');
}

function medianOf(measured: Bursts, name: ContestantName, what: keyof Burst): number {
  return median((measured.get(name) ?? []).map((burst) => burst[what] ?? Number.NaN));
}

function cpuOf(measured: Bursts, name: ContestantName): string {
  return `${medianOf(measured, name, 'cpuMs').toFixed(2)} ms`;
}

function coresOf(measured: Bursts, name: ContestantName, what: 'cores' | 'googlesCores'): string {
  return medianOf(measured, name, what).toFixed(2);
}
