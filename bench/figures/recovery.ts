import { setTimeout as wait } from 'node:timers/promises';
import { start } from '../contestants/contestants.ts';
import { type Lab, subscriptionIn } from '../lab.ts';
import { allReceived, startWarm } from '../load.ts';
import type { Row } from './row.ts';

const IN_FLIGHT = 100;

/** A subscriber is killed with requests at Chat, some of which Chat carries out and some not; another one is there. */
export async function measureRecovery(lab: Lab): Promise<Row[]> {
  const { arrivals, chat, sizes } = lab;
  const environment = { LEASE_SECONDS: String(sizes.leaseSeconds) };
  // Warm: all of them have to be in flight before any of them has waited too long.
  const [victim] = await startWarm(lab, ['postern, sqlite'], { environment });
  if (victim === undefined) throw new Error('There is no victim');
  const { place, store } = victim;
  const backlog = () => lab.pubsub.backlog(subscriptionIn(place.project));
  await until('all acked', () => backlog().leased === 0);
  const ackedBefore = backlog().acknowledged;

  // Every second one stands before its answer is lost.
  chat.postsAtOnce = (number) => number % 2 === 0;
  chat.delayMs = 600_000;
  const twiceBefore = arrivals.twice;
  const numbers = Array.from({ length: IN_FLIGHT }, (_, nth) =>
    place.ask({ person: nth, space: nth }),
  );
  await allReceived(lab);
  const survivor = await start(lab, 'postern, sqlite', { place, store, environment });
  await until('two streams', () => backlog().consumers === 2);
  chat.delayMs = 0;
  const killedAt = performance.now();
  await victim.kill();
  await until('all answered', () => numbers.every((number) => arrivals.isPosted(number)));
  const seconds = (performance.now() - killedAt) / 1000;
  await until('all acked', () => backlog().acknowledged === ackedBefore + IN_FLIGHT);
  const ackedSeconds = (performance.now() - killedAt) / 1000;
  await survivor.kill();
  chat.postsAtOnce = () => true;

  const twice = arrivals.twice - twiceBefore;
  return [
    {
      figure: `\`kill -9\` with ${IN_FLIGHT} in flight, another subscriber running, LEASE_SECONDS=${sizes.leaseSeconds}`,
      goal: 'all answered within the lease, none twice',
      measured: `all answered ${seconds.toFixed(1)} s after the kill, ${twice} twice (all acked after ${ackedSeconds.toFixed(1)} s)`,
      met: seconds <= sizes.leaseSeconds && twice === 0,
      data: { seconds, ackedSeconds, twice },
    },
  ];
}

/** @throws after ten minutes */
async function until(what: string, is: () => boolean): Promise<void> {
  const deadline = performance.now() + 600_000;
  while (!is()) {
    if (performance.now() > deadline) throw new Error(`${what}: not seen`);
    await wait(20);
  }
}
