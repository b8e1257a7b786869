import { requestId } from '../../src/lib/names.ts';
import type { ContestantName } from '../contestants/contestants.ts';
import type { Lab } from '../lab.ts';
import { allReceived, alternate, killAll, startWarm, trickle } from '../load.ts';
import { median, percentile } from '../stats.ts';
import { withStore } from '../store.ts';
import { ms, type Row, times } from './row.ts';

/** Chat's quota for a project: 3000 messages a minute. */
const EVERY_MS = 20;

const NAMES: readonly ContestantName[] = [
  'bare',
  'postern, sqlite',
  'postern, firestore',
  'published flow',
];

interface Delay {
  p50: number;
  p99: number;
}

/** From the publishing of an event to Chat's having the request, at the most that Chat takes of a project. */
export async function measureDelay(lab: Lab): Promise<Row[]> {
  const contestants = await startWarm(lab, NAMES);
  const measured = await alternate(lab, contestants, lab.sizes.rounds, async ({ place }) => {
    const numbers = await trickle(place, lab.sizes.delayEvents, EVERY_MS);
    await allReceived(lab);
    const delays = lab.arrivals.delays(numbers);
    return { p50: percentile(delays, 0.5), p99: percentile(delays, 0.99) };
  });
  await killAll(contestants);
  const roundTrip = await storeRoundTrip();
  const of = (name: ContestantName): Delay => {
    const rounds = measured.get(name) ?? [];
    return {
      p50: median(rounds.map(({ p50 }) => p50)),
      p99: median(rounds.map(({ p99 }) => p99)),
    };
  };
  const [bare, sqlite, firestore, published] = NAMES.map(of) as [Delay, Delay, Delay, Delay];
  const told = ({ p50, p99 }: Delay): string => `${ms(p50)}, ${ms(p99)}`;
  const data = { roundTrip, rounds: Object.fromEntries(measured) };
  return [
    {
      figure: 'Publish → Chat has the request, 50 events/s, SQLite: p50, p99',
      goal: 'p50 ≤ 1.3× bare, p99 ≤ bare + 10 ms',
      measured: `${told(sqlite)}; bare ${told(bare)}; p50 ${times(sqlite.p50 / bare.p50)} (published flow ${told(published)})`,
      met: sqlite.p50 <= 1.3 * bare.p50 && sqlite.p99 <= bare.p99 + 10,
      data,
    },
    {
      figure: 'The same, Firestore (emulator)',
      goal: 'one store round trip more than SQLite',
      measured: `${told(firestore)}: p50 ${ms(firestore.p50 - sqlite.p50)} more; a round trip (\`claim\`) takes ${ms(roundTrip)}`,
      met: firestore.p50 - sqlite.p50 <= roundTrip * 1.1,
      data: {},
    },
  ];
}

/** A claim in Firestore, by itself and at the same pace: what one call and its answer take. */
async function storeRoundTrip(): Promise<number> {
  const taken: number[] = [];
  await withStore(
    { kind: 'firestore', database: '(default)', projectId: 'bench-round-trip' },
    async (store) => {
      for (let nth = 0; nth < 300; nth++) {
        const id = requestId.parse(nth.toString(16).padStart(64, '0'));
        const begun = performance.now();
        await store.requests.claim(id, {
          now: Date.now(),
          leaseMs: 1000,
          expiresAt: Date.now() + 60_000,
        });
        if (nth >= 100) taken.push(performance.now() - begun);
        await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
      }
    },
  );
  return percentile(taken, 0.5);
}
