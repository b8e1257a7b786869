import type { Transaction } from '@google-cloud/firestore';
import type { SpaceName, UserName } from '../../names.ts';
import { forget } from '../ledger-rules.ts';
import type { Store } from '../store.ts';
import { firestoreAdministration } from './administration.ts';
import { firestoreConsents } from './consents.ts';
import { type Database, openDatabase } from './database.ts';
import { firestoreGrants, readGrant } from './grants.ts';
import { firestorePeople } from './people.ts';
import { changes, readRequest } from './request-document.ts';
import { firestoreRequests } from './requests.ts';

/**
 * The store in Firestore, for any number of processes. It connects with the first call.
 *
 * The database needs no index of its own: every query is on one field, or on several with equality (Firestore guide, "Index
 * types"). It wants a time-to-live policy on `expireAt` of `consents` and of `requests`.
 *
 * @param options.projectId the credentials' project unless given
 * @param options.database the id of a database in native mode
 * @param options.deadlineMs how long a call may take, 15 s unless given
 */
export async function openFirestoreStore(options: {
  projectId?: string | undefined;
  database: string;
  deadlineMs?: number | undefined;
}): Promise<Store> {
  const database = openDatabase(options);
  return {
    grants: firestoreGrants(database),
    consents: firestoreConsents(database),
    requests: firestoreRequests(database),
    people: firestorePeople(database),
    administration: firestoreAdministration(database),

    async forgetPerson(user, now, ifVersion) {
      return database.transaction(async (transaction) => {
        const grant = await transaction.get(database.grant(user));
        const version = readGrant(grant)?.version ?? 0;
        if (ifVersion !== undefined && ifVersion !== version) return false;
        await forgetAllOf(database, transaction, { user }, now);
        transaction.delete(grant.ref);
        transaction.delete(database.person(user));
        return true;
      });
    },

    async forgetSpace(space, now) {
      await database.transaction((transaction) =>
        forgetAllOf(database, transaction, { space }, now),
      );
    },

    async ping() {
      await database.call(() => database.grants.doc('ping').get());
    },

    close: () => database.close(),
  };
}

async function forgetAllOf(
  database: Database,
  transaction: Transaction,
  whose: { user: UserName } | { space: SpaceName },
  now: number,
): Promise<void> {
  const [field, value] = 'user' in whose ? ['user', whose.user] : ['space', whose.space];
  const [consents, requests] = await Promise.all([
    transaction.get(database.consents.where(field, '==', value).select()),
    transaction.get(database.requests.where(`waited.${field}`, '==', value)),
  ]);
  for (const { ref } of consents.docs) transaction.delete(ref);
  for (const document of requests.docs) {
    const record = readRequest(document);
    if (record === undefined) continue;
    const forgotten = forget(record, now);
    if (forgotten !== record) transaction.update(document.ref, changes(record, forgotten));
  }
}
