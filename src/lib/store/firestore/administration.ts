import { FieldPath, type Query } from '@google-cloud/firestore';
import { type Administration, listed, type RequestFilter } from '../administration.ts';
import { entryOf, forgetOne, replay } from '../operator-rules.ts';
import { grantRecord, parseRecord } from '../records.ts';
import type { Database } from './database.ts';
import { decideRequest } from './decide.ts';
import { readRequest, readRequestWithId } from './request-document.ts';
import { firestoreSealed } from './sealed.ts';

/** Every query is on one field, and in the order of the documents' ids: none needs an index of its own. */
export function firestoreAdministration(database: Database): Administration {
  const { call, grants } = database;

  return {
    ...firestoreSealed(database),

    async listGrants({ after, limit }) {
      const query = grants.orderBy(FieldPath.documentId()).limit(limit);
      const page = after === undefined ? query : query.startAfter(after.key);
      const found = await call(() => page.get());
      return found.docs.map((document) =>
        listed({ key: document.id }, () => parseRecord(grantRecord, 'grants', document.data())),
      );
    },

    async listRequests(which, { after, limit }) {
      const query = requestsOf(which).orderBy(FieldPath.documentId()).limit(limit);
      const page = after === undefined ? query : query.startAfter(after.key);
      const found = await call(() => page.get());
      return found.docs.map((document) =>
        listed({ key: document.id }, () => {
          const { id, record } = readRequestWithId(document);
          return entryOf(id, record);
        }),
      );
    },

    async findRequest(id) {
      const record = readRequest(await call(() => database.request(id).get()));
      return record === undefined ? undefined : entryOf(id, record);
    },

    replay: (id, now) => call(() => decideRequest(database, id, (record) => replay(record, now))),
    forget: (id, now) =>
      call(() => decideRequest(database, id, (record) => forgetOne(record, now))),
  };

  function requestsOf(which: RequestFilter): Query {
    return 'state' in which
      ? database.requests.where('state', '==', which.state)
      : database.requests.where('outcome', '==', which.outcome);
  }
}
