import type { RequestId, UserName } from '../names.ts';
import type { DueRecord, RequestRecord, RunningRequest } from './records.ts';
import type {
  Cancellation,
  Claim,
  Lease,
  OldestRequests,
  RequestOutcome,
  ScheduledRequest,
  WaitingRequest,
} from './store.ts';

/**
 * What may follow what in the ledger, as pure functions: from a record to the next. Both stores apply them, each with its own
 * way of making sure that nobody has changed the record in between.
 */

/**
 * @param lease the one that the caller gets if the request is free. It may be in the record already: then our write had
 *   succeeded, but its answer was lost and the client library sent it again.
 * @returns the answer, and what to write, if anything
 */
export function claim(
  stored: RequestRecord | undefined,
  lease: Lease,
  options: { now: number; expiresAt: number; mustExist?: boolean },
): { answer: Claim; next?: RequestRecord } {
  const record = stored !== undefined && stored.expiresAt > options.now ? stored : undefined;
  if (record === undefined) {
    return options.mustExist ? { answer: { status: 'unknown' } } : take(0, undefined);
  }
  switch (record.state) {
    case 'done':
    case 'waiting':
      return { answer: { status: record.state } };
    case 'scheduled':
      // Also when its hour has come: a cancellation may still be faster than the relay.
      return { answer: { status: 'waiting' } };
    case 'running':
      if (record.lease.token === lease.token) {
        // The lost answer may have told of an interruption; not of the first, which would be a failure.
        return take(record.failures, record.waited, record.failures > 0 ? INTERRUPTED : {});
      }
      if (record.lease.until > options.now) {
        return { answer: { status: 'busy', until: record.lease.until } };
      }
      return take(record.failures + 1, record.waited, INTERRUPTED);
    case 'released':
    case 'due':
      return take(record.failures, record.waited);
  }

  function take(
    failures: number,
    waited: WaitingRequest | undefined,
    how: { interrupted?: true } = {},
  ): ReturnType<typeof claim> {
    const history = { failures, ...(waited === undefined ? {} : { waited }) };
    const { token, until } = lease;
    return {
      answer: { status: 'claimed', lease, ...history, ...how },
      next: { state: 'running', lease: { token, until }, expiresAt: options.expiresAt, ...history },
    };
  }
}

const INTERRUPTED = { interrupted: true } as const;

/** Whether the lease still stands: nobody has taken the request over. */
export function holds(lease: Lease, record: RequestRecord | undefined): record is RunningRequest {
  return record?.state === 'running' && record.lease.token === lease.token;
}

export function complete(
  record: RunningRequest,
  end: { outcome: RequestOutcome; now: number; keep?: WaitingRequest },
): RequestRecord {
  return {
    state: 'done',
    outcome: end.outcome,
    endedAt: end.now,
    failures: record.failures,
    expiresAt: record.expiresAt,
    ...(end.keep === undefined ? {} : { waited: end.keep }),
  };
}

/** @param grantVersion the version of the person's grant as it is now; 0: none */
export function park(
  record: RunningRequest,
  waiting: WaitingRequest,
  options: { grantVersion: number; seenGrantVersion: number; now: number; expiresAt: number },
): RequestRecord {
  const parked = { waited: waiting, failures: record.failures, expiresAt: options.expiresAt };
  return options.grantVersion === options.seenGrantVersion
    ? { state: 'waiting', since: options.now, ...parked }
    : { state: 'due', dueAt: options.now, dueSince: options.now, ...parked };
}

/** The hour is noted at once, since nobody can claim the request before a relay has taken it, no sooner than then. */
export function schedule(
  record: RunningRequest,
  waiting: WaitingRequest,
  { at, expiresAt }: { at: number; expiresAt: number },
): RequestRecord {
  const waited = { ...waiting, scheduledFor: at };
  return { state: 'scheduled', dueAt: at, waited, failures: record.failures, expiresAt };
}

/** What changes when a relay takes a request whose time has come, be it due or scheduled. */
export function hide(
  hideUntil: number,
  { dueAt, dueSince = dueAt }: Pick<DueRecord, 'dueAt' | 'dueSince'>,
): Pick<DueRecord, 'state' | 'dueAt'> & { dueSince: number } {
  return { state: 'due', dueAt: hideUntil, dueSince };
}

/** @param due since when some are due, among them the one that has been so longest */
export function oldest(
  waiting: number | undefined,
  due: readonly (number | undefined)[],
): OldestRequests {
  const known = due.filter((since) => since !== undefined);
  return {
    ...(waiting === undefined ? {} : { waiting }),
    ...(known.length === 0 ? {} : { due: Math.min(...known) }),
  };
}

/** The scheduled ones among a person's requests, the earliest first. */
export function upcoming(
  requests: readonly { id: RequestId; record: RequestRecord }[],
  { now, limit }: { now: number; limit: number },
): ScheduledRequest[] {
  return requests
    .flatMap(({ id, record }) =>
      record.state === 'scheduled' && record.expiresAt > now
        ? [{ id, at: record.waited.scheduledFor, waiting: record.waited }]
        : [],
    )
    .sort((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1))
    .slice(0, limit);
}

function isUnderWay(record: RequestRecord): boolean {
  const isBegun = record.state === 'running' || record.state === 'released';
  return isBegun && record.waited?.scheduledFor === undefined;
}

/** @returns the answer, and what to write, if anything */
export function cancel(
  record: RequestRecord | undefined,
  user: UserName,
  now: number,
): { answer: Cancellation; next?: RequestRecord } {
  // Whose it was is forgotten.
  if (record?.state === 'done' && record.outcome === 'cancelled' && record.expiresAt > now) {
    return { answer: 'cancelled-before' };
  }
  // Its person may have been told of the plan already, and whoever told them has yet to write it down.
  if (record !== undefined && isUnderWay(record) && record.expiresAt > now) {
    return { answer: 'not-yet' };
  }
  if (record?.state !== 'scheduled' || record.waited.user !== user || record.expiresAt <= now) {
    return { answer: 'unknown' };
  }
  const { failures, expiresAt } = record;
  return {
    answer: 'cancelled',
    next: { state: 'done', outcome: 'cancelled', endedAt: now, failures, expiresAt },
  };
}

export function release(record: RunningRequest, failed: boolean): RequestRecord {
  return {
    state: 'released',
    failures: record.failures + (failed ? 1 : 0),
    expiresAt: record.expiresAt,
    ...(record.waited === undefined ? {} : { waited: record.waited }),
  };
}

/** What is left of a request of which something was kept, unless somebody is working on it: then it ends by itself. */
export function forget(record: RequestRecord, now: number): RequestRecord {
  if (record.state === 'running' && record.lease.until > now) return record;
  const { failures, expiresAt } = record;
  return { state: 'done', outcome: 'forgotten', endedAt: now, failures, expiresAt };
}
