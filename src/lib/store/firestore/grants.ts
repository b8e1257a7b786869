import type { DocumentSnapshot } from '@google-cloud/firestore';
import { isNewUse } from '../consent-rules.ts';
import { grantRecord, parseRecord } from '../records.ts';
import type { Grant, GrantStore } from '../store.ts';
import { type Database, unchanged } from './database.ts';
import { decide } from './decide.ts';

export function firestoreGrants(database: Database): GrantStore {
  return {
    async get(user) {
      return database.call(async () => readGrant(await database.grant(user).get()));
    },

    async delete(user, version) {
      return database.call(() =>
        decide(database.grant(user), (snapshot) =>
          readGrant(snapshot)?.version === version
            ? { answer: true, write: snapshot.ref.delete(unchanged(snapshot)) }
            : { answer: false },
        ),
      );
    },

    async noteUse(user, version, at) {
      await database.call(() =>
        decide(database.grant(user), (snapshot) => {
          const grant = readGrant(snapshot);
          const isNews = grant?.version === version && isNewUse(grant, at);
          if (!isNews) return { answer: undefined };
          const write = snapshot.ref.update({ lastUsedAt: at }, unchanged(snapshot));
          return { answer: undefined, write };
        }),
      );
    },
  };
}

export function readGrant(snapshot: DocumentSnapshot): Grant | undefined {
  return snapshot.exists ? parseRecord(grantRecord, 'grants', snapshot.data()) : undefined;
}
