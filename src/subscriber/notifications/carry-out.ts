import type { Clock } from '../../lib/clock.ts';
import { PosternError } from '../../lib/errors.ts';
import type { Claim, Lease, RequestLedger } from '../../lib/store/store.ts';
import type { Log } from '../../lib/telemetry/log.ts';
import { end, release } from '../ending.ts';
import { type Failure, failureOf } from '../outcome.ts';
import { isOutage, isRefusal } from '../private-replies.ts';
import { REQUEST_LIFE_MS } from '../set-aside.ts';
import { MAX_FAILURES } from '../work.ts';
import type { Latest } from './latest.ts';
import type { Notification, Target } from './notification.ts';
import type { Outcome } from './outcome.ts';
import { type PostDeps, post } from './post.ts';

export interface CarryOutDeps extends PostDeps {
  store: { requests: Pick<RequestLedger, 'claim' | 'complete' | 'release'> };
  latest: Latest;
  clock: Clock;
  log: Log;
  /** How long a claim keeps a notification from other subscribers, in milliseconds. */
  leaseMs: number;
  /** Ends what an attempt is doing before its lease does; also when the process has to stop. */
  attemptSignal: () => AbortSignal;
}

type Claimed = Extract<Claim, { status: 'claimed' }>;

/**
 * Posts a notification once, however often it is delivered: work, then the ledger, then (by the caller) the ack.
 *
 * Never rejects: whatever happens is an outcome.
 */
export async function carryOut(deps: CarryOutDeps, notification: Notification): Promise<Outcome> {
  const { store, clock, leaseMs, log } = deps;
  const now = clock();
  try {
    const claim = await store.requests.claim(notification.id, {
      now,
      leaseMs,
      expiresAt: now + REQUEST_LIFE_MS,
    });
    if (claim.status === 'claimed') return await attempt(deps, claim, notification);
    if (claim.status === 'busy') return { result: 'busy', leaseUntil: claim.until };
    return { result: 'duplicate' };
  } catch (error) {
    // Before there was a lease, or in writing down how it ended: then the lease runs out, and another delivery finds out.
    log.warn('notification handed back', { error });
    return { result: 'retry', reason: failureOf(error) };
  }
}

async function attempt(
  deps: CarryOutDeps,
  claim: Claimed,
  notification: Notification,
): Promise<Outcome> {
  const { latest } = deps;
  if (claim.failures >= MAX_FAILURES) return await giveUp(deps, claim.lease, 'unexpected');
  if (latest.isSuperseded(notification)) {
    return await end(deps, claim.lease, { outcome: 'answered' }, { result: 'superseded' });
  }
  try {
    const posting = await post(deps, notification, deps.attemptSignal());
    if (posting.result === 'refused') {
      deps.log.error(ADVICE[posting.reason], whereTo(notification.target));
      return await end(deps, claim.lease, { outcome: 'refused' }, posting);
    }
    latest.remember(notification);
    return await end(deps, claim.lease, { outcome: 'answered' }, posting);
  } catch (error) {
    return await fail(deps, claim, notification, error);
  }
}

const ADVICE = {
  'unknown-webhook': 'notification refused: WEBHOOKS has no webhook of this name',
  'message-deleted':
    'notification refused: somebody has deleted the message of its key, and Chat gives out an id once. Publish under ' +
    'another key',
};

async function fail(
  deps: CarryOutDeps,
  { lease, failures: earlier }: Claimed,
  { target }: Notification,
  error: unknown,
): Promise<Outcome> {
  const fields = { requestId: lease.requestId, ...whereTo(target), error };
  if (error instanceof PosternError && isOutage(error)) {
    deps.log.warn('notification waits for an outage to end', fields);
    return await release(deps, lease, { failed: false }, error.code);
  }
  if (isRefusal(error)) {
    deps.log.error('notification refused', fields);
    return await end(
      deps,
      lease,
      { outcome: 'refused' },
      { result: 'refused', reason: error.code },
    );
  }
  const failures = earlier + 1;
  deps.log.error('notification failed', { ...fields, failures });
  if (failures >= MAX_FAILURES) return await giveUp(deps, lease, failureOf(error));
  return await release(deps, lease, { failed: true }, failureOf(error));
}

async function giveUp(deps: CarryOutDeps, lease: Lease, reason: Failure): Promise<Outcome> {
  deps.log.error('notification given up: it has failed too often', { requestId: lease.requestId });
  return await end(deps, lease, { outcome: 'failed' }, { result: 'failed', reason });
}

/** For a log line. */
export function whereTo(target: Target): { space: string } | { webhook: string } {
  return target.kind === 'space' ? { space: target.space } : { webhook: target.webhook };
}
