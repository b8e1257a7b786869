import { setTimeout as wait } from 'node:timers/promises';
import { createQuotaGuard, GOOGLES_QUOTAS } from '../../simulator/chat/quota.ts';
import { BY_QUOTA, PEOPLE } from '../contestants/contestants.ts';
import type { Lab } from '../lab.ts';
import { allReceived, killAll, startWarm, trickle } from '../load.ts';
import { median, percentile } from '../stats.ts';
import { ms, type Row, times } from './row.ts';

const FLOOD = 2000;
const QUIET_SPACES = 50;
/** 25 a second: one in two seconds for each of them. */
const EVERY_MS = 40;
/** Beyond what `startWarm` has used. */
const FIRST_QUIET = 10_000;
const FLOODED = 20_000;

interface Round {
  without: number;
  beside: number;
}

/** What people in quiet rooms notice of a room where everything happens at once. */
export async function measureFlood(lab: Lab): Promise<Row[]> {
  const rounds: Round[] = [];
  for (let round = 0; round < lab.sizes.rounds; round++) rounds.push(await measureOnce(lab));
  const without = median(rounds.map((round) => round.without));
  const beside = median(rounds.map((round) => round.beside));
  return [
    {
      figure: `${QUIET_SPACES} quiet spaces beside one with ${FLOOD} waiting: their p99`,
      goal: '≤ 1.2× that without the flood',
      measured: `${ms(beside)} beside, ${ms(without)} without: ${times(beside / without)}`,
      met: beside <= 1.2 * without,
      data: { rounds },
    },
  ];
}

async function measureOnce(lab: Lab): Promise<Round> {
  const { chat, arrivals, sizes } = lab;
  // Its own pace while it gets warm, Chat's when it counts: one process can't have both.
  const [contestant] = await startWarm(lab, ['postern, sqlite'], {
    environment: { ...BY_QUOTA, CHAT_WRITES_PER_MINUTE: '100000' },
  });
  if (contestant === undefined) throw new Error('There is no contestant');
  chat.countCall = createQuotaGuard(
    { ...GOOGLES_QUOTAS, writesPerMinutePerProject: 100_000 },
    Date.now,
  );
  const { place } = contestant;
  const quiet = async (): Promise<number> => {
    const numbers = await trickle(place, sizes.quietEvents, EVERY_MS, (nth) => ({
      person: nth % PEOPLE,
      space: FIRST_QUIET + (nth % QUIET_SPACES),
    }));
    const until = performance.now() + 5000;
    while (arrivals.delays(numbers).length < numbers.length && performance.now() < until) {
      await wait(20);
    }
    const delays = arrivals.delays(numbers);
    // Who hasn't come by now has waited for five seconds at least.
    return percentile([...delays, ...numbers.slice(delays.length).map(() => 5000)], 0.99);
  };
  await allReceived(lab);
  const without = await quiet();
  for (let nth = 0; nth < FLOOD; nth++) place.ask({ person: nth % PEOPLE, space: FLOODED });
  // It waits, and doesn't just come in.
  await wait(1000);
  const beside = await quiet();
  await killAll([contestant]);
  arrivals.forget();
  chat.countCall = createQuotaGuard(undefined, Date.now);
  return { without, beside };
}
