import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite';
import { z } from 'zod';
import { type RequestId, requestId, type UserName } from '../../names.ts';
import { parseRecord, type RequestRecord, requestRecord } from '../records.ts';
import { present } from './rows.ts';

/** How many records a call tidies away at most, so that none takes long. */
const PURGE_BATCH = 50;

const rowKey = z.object({ id: requestId });

interface RequestTable {
  find(id: RequestId): RequestRecord | undefined;
  scheduledOf(user: UserName): { id: RequestId; record: RequestRecord }[];
  save(id: RequestId, record: RequestRecord): void;
  /** Deletes some of those that have expired. */
  purge(now: number): void;
}

export function prepareRequestTable(database: DatabaseSync): RequestTable {
  const find = database.prepare('SELECT * FROM requests WHERE id = ?');
  const scheduledOf = database.prepare(
    `SELECT * FROM requests WHERE user = ? AND state = 'scheduled'`,
  );
  const save = database.prepare(`
    INSERT OR REPLACE INTO requests
      (id, state, failures, expiresAt, leaseToken, leaseUntil, since, dueAt, outcome, endedAt, user, space, payload, prompt,
       scheduledFor, replayed, traceparent, dueSince)
    VALUES
      (:id, :state, :failures, :expiresAt, :leaseToken, :leaseUntil, :since, :dueAt, :outcome, :endedAt, :user, :space, :payload,
       :prompt, :scheduledFor, :replayed, :traceparent, :dueSince)`);
  const purge = database.prepare(`
    DELETE FROM requests WHERE id IN
      (SELECT id FROM requests WHERE expiresAt <= ? LIMIT ${PURGE_BATCH})`);

  return {
    find(id) {
      const row = find.get(id);
      return row === undefined ? undefined : readRequestRow(row);
    },
    scheduledOf(user) {
      return scheduledOf.all(user).map((row) => {
        const { id } = parseRecord(rowKey, 'requests', row);
        return { id, record: readRequestRow(row) };
      });
    },
    save(id, record) {
      save.run({ id, ...toRow(record) });
    },
    purge(now) {
      purge.run(now);
    },
  };
}

function toRow(record: RequestRecord): Record<string, SQLInputValue> {
  const lease = record.state === 'running' ? record.lease : undefined;
  return {
    state: record.state,
    failures: record.failures,
    expiresAt: record.expiresAt,
    leaseToken: lease?.token ?? null,
    leaseUntil: lease?.until ?? null,
    ...toTimes(record),
    outcome: record.state === 'done' ? record.outcome : null,
    endedAt: (record.state === 'done' ? record.endedAt : undefined) ?? null,
    ...toWaitedColumns(record.waited),
  };
}

function toTimes(record: RequestRecord): Record<'since' | 'dueAt' | 'dueSince', number | null> {
  return {
    since: record.state === 'waiting' ? record.since : null,
    dueAt: record.state === 'due' || record.state === 'scheduled' ? record.dueAt : null,
    dueSince: (record.state === 'due' ? record.dueSince : undefined) ?? null,
  };
}

function toWaitedColumns(waited: RequestRecord['waited']): Record<string, SQLInputValue> {
  return {
    user: waited?.user ?? null,
    space: waited?.space ?? null,
    payload: waited?.payload ?? null,
    prompt: waited?.prompt ?? null,
    scheduledFor: waited?.scheduledFor ?? null,
    replayed: waited?.replayed ? 1 : null,
    traceparent: waited?.traceparent ?? null,
  };
}

/** @throws StoreError */
export function readRequestRow(row: Record<string, SQLOutputValue>): RequestRecord {
  const {
    leaseToken,
    leaseUntil,
    user,
    space,
    payload,
    prompt,
    scheduledFor,
    replayed,
    traceparent,
    ...flat
  } = present(row);
  const waited = {
    user,
    space,
    payload,
    prompt,
    ...(scheduledFor === undefined ? {} : { scheduledFor }),
    ...(replayed === undefined ? {} : { replayed: true }),
    ...(traceparent === undefined ? {} : { traceparent }),
  };
  return parseRecord(requestRecord, 'requests', {
    ...flat,
    ...(leaseToken === undefined ? {} : { lease: { token: leaseToken, until: leaseUntil } }),
    ...(user === undefined ? {} : { waited }),
  });
}
