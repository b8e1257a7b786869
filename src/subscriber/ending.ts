import type { Clock } from '../lib/clock.ts';
import type { Lease, RequestLedger, RequestOutcome, WaitingRequest } from '../lib/store/store.ts';
import type { Failure } from './outcome.ts';

interface EndingDeps {
  store: { requests: Pick<RequestLedger, 'complete' | 'release'> };
  clock: Clock;
}

/** The lease was lost: somebody else has it now. */
interface Lost {
  result: 'busy';
}

/** Writes down that a request, or a notification, has ended. @returns `result`, unless the lease was lost */
export async function end<Result>(
  { store, clock }: EndingDeps,
  lease: Lease,
  { outcome, keep }: { outcome: RequestOutcome; keep?: WaitingRequest | undefined },
  result: Result,
): Promise<Result | Lost> {
  const kept = keep === undefined ? {} : { keep };
  const ended = await store.requests.complete(lease, { outcome, now: clock(), ...kept });
  // The lease was lost: who has it now will find everything done.
  return ended ? result : { result: 'busy' };
}

/** Hands it back for its next delivery. `failed` counts against it. */
export async function release(
  { store, clock }: EndingDeps,
  lease: Lease,
  { failed }: { failed: boolean },
  reason: Failure,
): Promise<{ result: 'retry'; reason: Failure } | Lost> {
  const released = await store.requests.release(lease, { failed, now: clock() });
  return released ? { result: 'retry', reason } : { result: 'busy' };
}
