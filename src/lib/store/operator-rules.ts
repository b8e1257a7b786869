import { days } from '../clock.ts';
import type { RequestId } from '../names.ts';
import type { Forgetting, LedgerEntry, Replay } from './administration.ts';
import { forget } from './ledger-rules.ts';
import type { RequestRecord } from './records.ts';
import { keyIdOf } from './sealer.ts';
import type { WaitingRequest } from './store.ts';

/** What an operator may do to a record of the ledger, as pure functions, like those of ledger-rules.ts. */

/** How long a request that is tried again has at least before it expires: somebody may have to start a subscriber first. */
const REPLAY_LIFE_MS = days(1);

/** @returns the answer, and what to write, if anything */
export function replay(
  record: RequestRecord | undefined,
  now: number,
): { answer: Replay; next?: RequestRecord } {
  if (record === undefined || record.expiresAt <= now) return { answer: 'unknown' };
  switch (record.state) {
    case 'due':
      return { answer: 'due-already' };
    case 'waiting':
      return { answer: 'awaits-consent' };
    case 'scheduled':
      return { answer: 'scheduled' };
    case 'running':
      return record.lease.until > now ? { answer: 'in-progress' } : makeDue(record.waited);
    case 'released':
      return makeDue(record.waited);
    case 'done':
      if (record.outcome !== 'failed') return { answer: 'ended' };
      return makeDue(record.waited && { ...record.waited, replayed: true });
  }

  function makeDue(waited: WaitingRequest | undefined): ReturnType<typeof replay> {
    if (waited === undefined) return { answer: 'nothing-kept' };
    const expiresAt = Math.max(record?.expiresAt ?? 0, now + REPLAY_LIFE_MS);
    return {
      answer: 'due',
      next: { state: 'due', dueAt: now, dueSince: now, waited, failures: 0, expiresAt },
    };
  }
}

/** @returns the answer, and what to write, if anything */
export function forgetOne(
  record: RequestRecord | undefined,
  now: number,
): { answer: Forgetting; next?: RequestRecord } {
  if (record === undefined || record.expiresAt <= now) return { answer: 'unknown' };
  if (record.state === 'done' && record.waited === undefined) return { answer: 'nothing-kept' };
  const next = forget(record, now);
  return next === record ? { answer: 'in-progress' } : { answer: 'forgotten', next };
}

/** What may be shown of a record. */
export function entryOf(id: RequestId, record: RequestRecord): LedgerEntry {
  const { state, failures, expiresAt, waited } = record;
  return {
    id,
    state,
    failures,
    expiresAt,
    ...(record.state === 'done' ? { outcome: record.outcome, endedAt: record.endedAt } : {}),
    ...(record.state === 'running' ? { leaseUntil: record.lease.until } : {}),
    ...(record.state === 'waiting' ? { since: record.since } : {}),
    ...(record.state === 'due' || record.state === 'scheduled' ? { dueAt: record.dueAt } : {}),
    ...(waited === undefined ? {} : { kept: keptOf(waited) }),
  };
}

function keptOf({ user, space, scheduledFor, payload }: WaitingRequest): LedgerEntry['kept'] {
  return { user, space, scheduledFor, keyId: keyIdOf(payload) };
}
