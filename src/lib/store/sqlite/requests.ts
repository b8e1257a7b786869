import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { requestId, spaceName } from '../../names.ts';
import { traceparent } from '../../telemetry/traceparent.ts';
import {
  cancel,
  claim,
  complete,
  hide,
  holds,
  oldest,
  park,
  release,
  schedule,
  upcoming,
} from '../ledger-rules.ts';
import { parseRecord, type RequestRecord, type RunningRequest } from '../records.ts';
import type { Lease, RequestLedger } from '../store.ts';
import { inTransaction } from './database.ts';
import { answered } from './errors.ts';
import { prepareFindGrant } from './grants.ts';
import type { Outlives, Write } from './group-commit.ts';
import { prepareRequestTable } from './request-table.ts';
import { present } from './rows.ts';

/**
 * A power cut may take back that a request was claimed, or was answered. Then it is carried out again, if it comes again, and
 * finds out at Chat that it was done, as after a crash between the post and the ledger.
 */
const REPEATABLE: Outlives = 'crash';

const dueRow = z.object({
  id: requestId,
  space: spaceName,
  traceparent: traceparent.optional(),
  dueAt: z.int(),
  dueSince: z.int().optional(),
});

const oldestRow = z.object({
  waiting: z.int().optional(),
  taken: z.int().optional(),
  due: z.int().optional(),
});

/** @param write for what is written for each request, which is what has to be fast */
export function sqliteRequests(database: DatabaseSync, write: Write): RequestLedger {
  const table = prepareRequestTable(database);
  const findGrant = prepareFindGrant(database);
  const findDue = database.prepare(
    'SELECT id, space, traceparent, dueAt, dueSince FROM requests WHERE dueAt <= :now AND expiresAt > :now ORDER BY dueAt, id LIMIT :limit',
  );
  // Each by an index that holds nothing but requests of its kind.
  const findOldest = database.prepare(`
    SELECT
      (SELECT MIN(since) FROM requests WHERE since > :waitingFrom) AS waiting,
      (SELECT MIN(dueSince) FROM requests WHERE dueSince IS NOT NULL) AS taken,
      (SELECT MIN(dueAt) FROM requests WHERE dueAt <= :now AND dueSince IS NULL) AS due`);
  const saveHidden = database.prepare(
    'UPDATE requests SET state = :state, dueAt = :dueAt, dueSince = :dueSince WHERE id = :id',
  );

  /** Takes the request a step further, if the lease on it still stands. */
  function proceed(
    lease: Lease,
    step: (record: RunningRequest) => RequestRecord,
    outlives: Outlives = 'power-cut',
  ) {
    return write(() => {
      const record = table.find(lease.requestId);
      if (!holds(lease, record)) return false;
      table.save(lease.requestId, step(record));
      return true;
    }, outlives);
  }

  return {
    async claim(id, options) {
      const lease = { requestId: id, token: randomUUID(), until: options.now + options.leaseMs };
      return write(() => {
        const { answer, next } = claim(table.find(id), lease, options);
        if (next !== undefined) table.save(id, next);
        table.purge(options.now);
        return answer;
      }, REPEATABLE);
    },

    async complete(lease, end) {
      const isRepeatable = end.outcome === 'answered' && end.keep === undefined;
      const outlives = isRepeatable ? REPEATABLE : 'power-cut';
      return proceed(lease, (record) => complete(record, end), outlives);
    },

    async park(lease, waiting, options) {
      return proceed(lease, (record) => {
        const grantVersion = findGrant(waiting.user)?.version ?? 0;
        return park(record, waiting, { ...options, grantVersion });
      });
    },

    async schedule(lease, waiting, options) {
      return proceed(lease, (record) => schedule(record, waiting, options));
    },

    async listScheduled(user, options) {
      return answered(() => upcoming(table.scheduledOf(user), options));
    },

    async cancel(id, user, now) {
      return answered(() =>
        inTransaction(database, () => {
          const { answer, next } = cancel(table.find(id), user, now);
          if (next !== undefined) table.save(id, next);
          return answer;
        }),
      );
    },

    async release(lease, { failed }) {
      return proceed(lease, (record) => release(record, failed));
    },

    async oldest({ now, waitingFrom }) {
      return answered(() => {
        const row = present(findOldest.get({ now, waitingFrom }) ?? {});
        const { waiting, taken, due } = parseRecord(oldestRow, 'requests', row);
        return oldest(waiting, [taken, due]);
      });
    },

    async takeDue({ now, hideUntil, limit }) {
      return answered(() =>
        inTransaction(database, () => {
          const due = findDue
            .all({ now, limit })
            .map((row) => parseRecord(dueRow, 'requests', present(row)));
          for (const { id, ...times } of due) saveHidden.run({ id, ...hide(hideUntil, times) });
          return due.map(({ id, space, ...rest }) => ({
            id,
            space,
            ...(rest.traceparent === undefined ? {} : { traceparent: rest.traceparent }),
          }));
        }),
      );
    },
  };
}
