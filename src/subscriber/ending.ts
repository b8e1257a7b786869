import type { Clock } from '../lib/clock.ts';
import type { Lease, RequestOutcome, Store, WaitingRequest } from '../lib/store/store.ts';
import type { Failure, Outcome } from './outcome.ts';

interface EndingDeps {
  store: Pick<Store, 'requests'>;
  clock: Clock;
}

/** Writes down that a request has ended. @returns `result`, unless the lease was lost */
export async function end(
  { store, clock }: EndingDeps,
  lease: Lease,
  { outcome, keep }: { outcome: RequestOutcome; keep?: WaitingRequest | undefined },
  result: Outcome,
): Promise<Outcome> {
  const kept = keep === undefined ? {} : { keep };
  const ended = await store.requests.complete(lease, { outcome, now: clock(), ...kept });
  // The lease was lost: who has it now will find everything done.
  return ended ? result : { result: 'busy' };
}

/** Hands a request back for its next delivery. `failed` counts against it. */
export async function release(
  { store, clock }: EndingDeps,
  lease: Lease,
  { failed }: { failed: boolean },
  reason: Failure,
): Promise<Outcome> {
  const released = await store.requests.release(lease, { failed, now: clock() });
  return released ? { result: 'retry', reason } : { result: 'busy' };
}
