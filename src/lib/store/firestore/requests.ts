import { randomUUID } from 'node:crypto';
import type { Query, QueryDocumentSnapshot } from '@google-cloud/firestore';
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
import type { DueRequest, Lease, RequestLedger } from '../store.ts';
import { type Database, unchanged, unlessOvertaken } from './database.ts';
import { decideRequest } from './decide.ts';
import { readGrant } from './grants.ts';
import { changes, readRequest, readRequestWithId, toDocument } from './request-document.ts';

const dueDocument = z.object({
  id: requestId,
  expiresAt: z.int(),
  dueAt: z.int(),
  dueSince: z.int().optional(),
  waited: z.object({ space: spaceName, traceparent: traceparent.optional() }),
});

const times = z.object({
  since: z.int().optional(),
  dueAt: z.int().optional(),
  dueSince: z.int().optional(),
});
type Times = z.infer<typeof times>;

/**
 * The ledger in Firestore. A request is written by `create`, or by an update that fails when it was changed since it was
 * read: transactions on one document are slow when several compete (feasibility.md, section 4). Only `park` needs one, because it
 * depends on the grant as well.
 */
export function firestoreRequests(database: Database): RequestLedger {
  /** Takes the request a step further, if the lease on it still stands. */
  function proceed(lease: Lease, step: (record: RunningRequest) => RequestRecord) {
    return database.call(() =>
      decideRequest<boolean>(database, lease.requestId, (record) =>
        holds(lease, record) ? { answer: true, next: step(record) } : { answer: false },
      ),
    );
  }

  return {
    async claim(id, options) {
      const lease = { requestId: id, token: randomUUID(), until: options.now + options.leaseMs };
      return database.call(async () => {
        // Most are new: then this is the only round trip.
        const { answer, next } = claim(undefined, lease, options);
        if (next !== undefined) {
          const created = database.request(id).create(toDocument(next));
          if (await unlessOvertaken(created)) return answer;
        }
        return decideRequest(database, id, (record) => claim(record, lease, options));
      });
    },

    async complete(lease, end) {
      return proceed(lease, (record) => complete(record, end));
    },

    async park(lease, waiting, options) {
      return database.transaction(async (transaction) => {
        const [request, grant] = await Promise.all([
          transaction.get(database.request(lease.requestId)),
          transaction.get(database.grant(waiting.user)),
        ]);
        const record = readRequest(request);
        if (!holds(lease, record)) return false;

        const grantVersion = readGrant(grant)?.version ?? 0;
        const next = park(record, waiting, { ...options, grantVersion });
        transaction.update(request.ref, changes(record, next));
        return true;
      });
    },

    async schedule(lease, waiting, options) {
      return proceed(lease, (record) => schedule(record, waiting, options));
    },

    async listScheduled(user, options) {
      return database.call(async () => {
        // By two equalities, and sorted here: an order would need an index of its own.
        const scheduled = await database.requests
          .where('waited.user', '==', user)
          .where('state', '==', 'scheduled')
          .get();
        return upcoming(scheduled.docs.map(readRequestWithId), options);
      });
    },

    async cancel(id, user, now) {
      return database.call(() =>
        decideRequest(database, id, (record) => cancel(record, user, now)),
      );
    },

    async release(lease, { failed }) {
      return proceed(lease, (record) => release(record, failed));
    },

    async oldest({ now, waitingFrom }) {
      const first = async (query: Query): Promise<Times> => {
        const found = await query.limit(1).select('since', 'dueAt', 'dueSince').get();
        return parseRecord(times, 'requests', found.docs[0]?.data() ?? {});
      };
      const { requests } = database;
      return database.call(async () => {
        const [waiting, taken, due] = await Promise.all([
          first(requests.where('since', '>', waitingFrom).orderBy('since')),
          first(requests.orderBy('dueSince')),
          // Scheduled ones become due without a word, until a relay takes them.
          first(requests.where('dueAt', '<=', now).orderBy('dueAt')),
        ]);
        return oldest(waiting.since, [taken.dueSince, due.dueSince ?? due.dueAt]);
      });
    },

    async takeDue({ now, hideUntil, limit }) {
      /** Undefined when it has expired, or when another process has taken it. */
      async function take(document: QueryDocumentSnapshot): Promise<DueRequest | undefined> {
        const { id, expiresAt, waited, ...times } = parseRecord(dueDocument, 'requests', {
          ...document.data(),
          id: document.id,
        });
        if (expiresAt <= now) {
          // Firestore deletes it in a day or so. Until then it would stand in the way of the others.
          await unlessOvertaken(document.ref.delete(unchanged(document)));
          return undefined;
        }
        const hidden = document.ref.update({ ...hide(hideUntil, times) }, unchanged(document));
        return (await unlessOvertaken(hidden)) ? { id, ...waited } : undefined;
      }

      return database.call(async () => {
        const due = await database.requests
          .where('dueAt', '<=', now)
          .orderBy('dueAt')
          .limit(limit)
          .select('expiresAt', 'waited.space', 'waited.traceparent', 'dueAt', 'dueSince')
          .get();
        const taken = await Promise.all(due.docs.map(take));
        return taken.filter((request) => request !== undefined);
      });
    },
  };
}
