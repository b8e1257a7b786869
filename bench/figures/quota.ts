import { setTimeout as wait } from 'node:timers/promises';
import { createQuotaGuard, GOOGLES_QUOTAS } from '../../simulator/chat/quota.ts';
import { BY_QUOTA, PEOPLE, start } from '../contestants/contestants.ts';
import type { Lab } from '../lab.ts';
import { allReceived } from '../load.ts';
import { percent, type Row } from './row.ts';

/** About what Chat takes. */
const CHAT_MS = 100;

/** How much of Chat's quotas is used when all there is to do would be more, with Chat enforcing them. */
export async function measureQuota(lab: Lab): Promise<Row[]> {
  const { arrivals, chat, sizes } = lab;
  const spaces = sizes.quotaSpaces;
  const contestant = await start(lab, 'postern, sqlite', { environment: BY_QUOTA });
  contestant.place.ask({ person: 0, space: spaces });
  await allReceived(lab);
  chat.delayMs = CHAT_MS;
  chat.countCall = createQuotaGuard(GOOGLES_QUOTAS, Date.now);

  const before = { received: arrivals.received, refused: arrivals.refused };
  // More than the spaces may write in this time.
  const events = spaces * (sizes.quotaSeconds + 5);
  for (let nth = 0; nth < events; nth++) {
    contestant.place.ask({ person: nth % PEOPLE, space: nth % spaces });
  }
  await arrivals.allBut(events - 1, 30_000);
  const begun = performance.now();
  await wait(sizes.quotaSeconds * 1000);
  const refused = arrivals.refused - before.refused;
  const seconds = (performance.now() - begun) / 1000;
  const accepted = arrivals.received - before.received;
  await contestant.kill();
  arrivals.forget();
  chat.delayMs = 0;
  chat.countCall = createQuotaGuard(undefined, Date.now);

  const allowed = allowedIn(Math.round(seconds), spaces);
  const share = accepted / allowed;
  return [
    {
      figure: `Share of Chat’s quotas used, ${spaces} busy spaces, ${seconds.toFixed(0)} s`,
      goal: '≥ 95%, < 1% answered 429',
      measured: `${percent(share)} (${accepted} of ${allowed}), ${percent(refused / (accepted + refused))} answered 429`,
      met: share >= 0.95 && refused < 0.01 * (accepted + refused),
      data: { accepted, refused, seconds, allowed },
    },
  ];
}

/** What a client could do that knows the quotas to the moment: a project's 3000 in any minute, and 1 per second and space. */
function allowedIn(seconds: number, spaces: number): number {
  const minutes = Math.floor(seconds / 60);
  const rest = seconds - minutes * 60;
  const perMinute = GOOGLES_QUOTAS.writesPerMinutePerProject;
  return minutes * perMinute + Math.min(perMinute, rest * spaces);
}
