import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../../simulator/free-port.ts';
import { type Contestant, environmentOf, start } from '../contestants/contestants.ts';
import { run } from '../contestants/running.ts';
import { userNameOf } from '../google/asks.ts';
import type { Lab } from '../lab.ts';
import { allReceived } from '../load.ts';
import { percentile } from '../stats.ts';
import { ms, type Row } from './row.ts';

/** People who have not consented so far. */
const FIRST_PERSON = 1_000_000;
/** Ten a second: each on its own, and so that no one waits for somebody else's. */
const EVERY_MS = 100;

/** From a person's coming back from Google's consent page, to Chat's having the request that had to wait for it. */
export async function measureConsent(lab: Lab): Promise<Row[]> {
  const oauthWebPort = await freePort();
  const oauthWebUrl = `http://127.0.0.1:${oauthWebPort}`;
  const place = lab.newPlace();
  const redirect = { environment: { OAUTH_REDIRECT_URI: `${oauthWebUrl}/oauth2` } };
  const contestant = await start(lab, 'postern, sqlite', { place, ...redirect });
  const environment = {
    ...process.env,
    ...environmentOf(lab, { place, store: contestant.store, oauthWebPort }),
    // Each person has an address of their own, as the proxy in front of it tells: one address may not come so often.
    TRUSTED_PROXIES: '1',
  };
  await contestant.kill();
  const oauthWeb = run([lab.entry('oauth-web')], environment, join(lab.folder, 'oauth-web.log'));
  const subscriber = await start(lab, 'postern, sqlite', { place, store: contestant.store });
  let taken: number[];
  try {
    taken = await consentAll(lab, subscriber, oauthWebUrl);
  } finally {
    await Promise.all([oauthWeb.kill(), subscriber.kill()]);
  }
  const [p50, p99] = [percentile(taken, 0.5), percentile(taken, 0.99)];
  return [
    {
      figure: `Consent → Chat has the request that waited, ${taken.length} consents: p50, p99`,
      goal: 'p99 ≤ 1 s',
      measured: `${ms(p50)}, ${ms(p99)}`,
      met: p99 <= 1000,
      data: { taken },
    },
  ];
}

async function consentAll(lab: Lab, { place }: Contestant, oauthWebUrl: string): Promise<number[]> {
  const links = new Map<string, PromiseWithResolvers<URL>>();
  const linkFor = (user: string): PromiseWithResolvers<URL> => {
    const known = links.get(user) ?? Promise.withResolvers<URL>();
    links.set(user, known);
    return known;
  };
  lab.chat.onCard = (link) => {
    const url = new URL(link);
    linkFor(`users/${url.searchParams.get('login_hint')}`).resolve(url);
  };
  const one = async (nth: number): Promise<number> => {
    await wait(nth * EVERY_MS);
    const person = FIRST_PERSON + nth;
    const number = place.ask({ person, space: person });
    const link = await linkFor(userNameOf(person)).promise;
    // A person reads it first.
    await wait(1000 + ((nth * 37) % 500));
    const back = new URLSearchParams({
      state: link.searchParams.get('state') ?? '',
      code: lab.chat.accounts.codeFor(link),
    });
    const begunAt = performance.now();
    const page = await fetch(`${oauthWebUrl}/oauth2?${back.toString()}`, {
      headers: { 'X-Forwarded-For': addressOf(nth) },
    });
    if (!page.ok) throw new Error(`oauth-web answered ${page.status}`);
    while (lab.arrivals.receivedAt(number) === undefined) await wait(5);
    return (lab.arrivals.receivedAt(number) ?? Number.NaN) - begunAt;
  };
  const taken = await Promise.all(Array.from({ length: lab.sizes.consents }, (_, nth) => one(nth)));
  await allReceived(lab);
  lab.chat.onCard = () => {};
  return taken;
}

function addressOf(nth: number): string {
  return `192.0.${2 + (nth >> 8)}.${nth & 255}`;
}
