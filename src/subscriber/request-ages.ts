import type { RequestLedger } from '../lib/store/store.ts';
import { PARKED_LIFE_MS } from './set-aside.ts';

/** How long the oldest request has waited for its person, and the oldest one has been due, in milliseconds. 0 where there is none. */
export async function ages(
  requests: Pick<RequestLedger, 'oldest'>,
  now: number,
): Promise<Record<'waiting' | 'due', number>> {
  const { waiting = now, due = now } = await requests.oldest({
    now,
    waitingFrom: now - PARKED_LIFE_MS,
  });
  return { waiting: now - waiting, due: now - due };
}
