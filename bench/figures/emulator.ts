import { startPubSubEmulator } from '../../test/support/emulators.ts';
import { type Contestant, type ContestantName, start } from '../contestants/contestants.ts';
import { type Lab, placeInEmulator } from '../lab.ts';
import { allReceived, alternate, burst, killAll, trickle, warm } from '../load.ts';
import { median, percentile } from '../stats.ts';
import { ms, perSecond, type Row, times } from './row.ts';
import { timed } from './throughput.ts';

const NAMES: readonly ContestantName[] = ['bare', 'postern, sqlite'];
const EVERY_MS = 20;

/** The same over Google’s own emulator of Pub/Sub, which hands out at most 100 messages every 50 ms. */
export async function measureOverEmulator(lab: Lab): Promise<Row[]> {
  const emulator = await startPubSubEmulator();
  const stopWithUs = (): void => void emulator.stop();
  process.on('exit', stopWithUs);
  const contestants: Contestant[] = [];
  for (const name of NAMES) {
    const project = `bench-emulator-${contestants.length}`;
    const place = await placeInEmulator(lab, emulator.host, project);
    const contestant = await start(lab, name, { place });
    contestants.push(contestant);
    burst(place, 1);
    await allReceived(lab);
    await warm(lab, contestant);
  }
  const measured = await alternate(lab, contestants, lab.sizes.rounds, async (contestant) => {
    const numbers = await trickle(contestant.place, lab.sizes.delayEvents / 2, EVERY_MS);
    await allReceived(lab);
    const delays = lab.arrivals.delays(numbers);
    const { rate } = await timed(lab, contestant, lab.sizes.burstEvents / 2);
    return { p50: percentile(delays, 0.5), p99: percentile(delays, 0.99), rate };
  });
  await killAll(contestants);
  await emulator.stop();
  process.off('exit', stopWithUs);
  const of = (name: ContestantName, what: 'p50' | 'p99' | 'rate'): number =>
    median((measured.get(name) ?? []).map((round) => round[what]));
  const told = (name: ContestantName): string =>
    `${ms(of(name, 'p50'))}, ${ms(of(name, 'p99'))}, ${perSecond(of(name, 'rate'))}`;
  return [
    {
      figure: 'Over Google’s Pub/Sub emulator: p50, p99 at 50 events/s; events per second',
      goal: '—',
      measured: `${told('postern, sqlite')}; bare ${told('bare')}: ${times(of('postern, sqlite', 'rate') / of('bare', 'rate'))}`,
      met: undefined,
      data: Object.fromEntries(measured),
    },
  ];
}
