import { type Clock, days } from '../lib/clock.ts';
import type { Sealer } from '../lib/store/sealer.ts';
import type { Store } from '../lib/store/store.ts';
import type { Tracing } from '../lib/telemetry/tracing.ts';
import type { Progress } from './attempt.ts';
import type { Planned } from './commands/command.ts';
import type { Outcome } from './outcome.ts';
import { sealWaiting } from './waiting-request.ts';
import type { Claimed, Job } from './work.ts';

/** Longer than Pub/Sub may be told to keep a message (31 days): a redelivery must find that the request is done. */
export const REQUEST_LIFE_MS = days(32);

/** How long a request waits for its person's consent, in milliseconds. */
export const PARKED_LIFE_MS = days(1);

interface SetAsideDeps {
  store: Pick<Store, 'requests'>;
  sealer: Sealer;
  clock: Clock;
  tracing: Pick<Tracing, 'current'>;
}

/** Until its person's consent. */
export async function park(
  { store, sealer, clock, tracing }: SetAsideDeps,
  { lease, waited }: Claimed,
  { interaction }: Job,
  { prompt = waited?.prompt, grantVersion }: Extract<Progress, { awaits: 'consent' }>,
): Promise<Outcome> {
  const now = clock();
  // It stays the plan that it is, if the consent was found missing at its hour.
  const kept = {
    prompt,
    scheduledFor: waited?.scheduledFor,
    traceparent: tracing.current(),
  };
  const waiting = await sealWaiting(sealer, interaction, kept);
  const parked = await store.requests.park(lease, waiting, {
    seenGrantVersion: grantVersion,
    now,
    expiresAt: now + PARKED_LIFE_MS,
  });
  return parked ? { result: 'parked' } : { result: 'busy' };
}

/** Until its hour. The card that asked for the consent says "connected" by now: it is not kept until the hour. */
export async function schedule(
  { store, sealer }: SetAsideDeps,
  { lease }: Claimed,
  { interaction }: Job,
  { at, text }: Planned,
): Promise<Outcome> {
  const waiting = await sealWaiting(sealer, { ...interaction, planned: text });
  const expiresAt = at + REQUEST_LIFE_MS;
  const scheduled = await store.requests.schedule(lease, waiting, { at, expiresAt });
  return scheduled ? { result: 'scheduled' } : { result: 'busy' };
}
