import type { RequestRecord, RunningRequest } from './records.ts';
import type { Claim, Lease, RequestOutcome, WaitingRequest } from './store.ts';

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
    case 'running':
      if (record.lease.token === lease.token) return take(record.failures, record.waited);
      if (record.lease.until > options.now) return { answer: { status: 'busy' } };
      return take(record.failures + 1, record.waited);
    case 'released':
    case 'due':
      return take(record.failures, record.waited);
  }

  function take(failures: number, waited: WaitingRequest | undefined): ReturnType<typeof claim> {
    const history = { failures, ...(waited === undefined ? {} : { waited }) };
    const { token, until } = lease;
    return {
      answer: { status: 'claimed', lease, ...history },
      next: { state: 'running', lease: { token, until }, expiresAt: options.expiresAt, ...history },
    };
  }
}

/** Whether the lease still stands: nobody has taken the request over. */
export function holds(lease: Lease, record: RequestRecord | undefined): record is RunningRequest {
  return record?.state === 'running' && record.lease.token === lease.token;
}

export function complete(
  record: RunningRequest,
  end: { outcome: RequestOutcome; keep?: WaitingRequest },
): RequestRecord {
  return {
    state: 'done',
    outcome: end.outcome,
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
    : { state: 'due', dueAt: options.now, ...parked };
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
  return { state: 'done', outcome: 'forgotten', failures, expiresAt };
}
