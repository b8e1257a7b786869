import type { DocumentSnapshot } from '@google-cloud/firestore';
import { grantRecord, parseRecord } from '../records.ts';
import type { Grant, GrantStore } from '../store.ts';
import { type Database, unchanged, unlessOvertaken } from './database.ts';

export function firestoreGrants(database: Database): GrantStore {
  return {
    async get(user) {
      return database.call(async () => readGrant(await database.grant(user).get()));
    },

    async delete(user, version) {
      return database.call(async () => {
        const snapshot = await database.grant(user).get();
        if (readGrant(snapshot)?.version !== version) return false;
        return unlessOvertaken(snapshot.ref.delete(unchanged(snapshot)));
      });
    },
  };
}

export function readGrant(snapshot: DocumentSnapshot): Grant | undefined {
  return snapshot.exists ? parseRecord(grantRecord, 'grants', snapshot.data()) : undefined;
}
