import type { DocumentSnapshot } from '@google-cloud/firestore';
import { isNewUse } from '../consent-rules.ts';
import { grantRecord, parseRecord } from '../records.ts';
import { keyIdOf, type Sealed } from '../sealer.ts';
import type { Grant, GrantStore, KeyUse } from '../store.ts';
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

    async byKey() {
      const found: KeyUse[] = [];
      for (let from = 'v1.'; ; ) {
        const next = await firstKeyUse(database, from);
        if (next === undefined) return found;
        found.push(next);
        from = endOf(next.sample.refreshToken);
      }
    },
  };
}

/** Sorted, the grants of one key stand together: so it takes two short queries for each key, however many grants there are. */
async function firstKeyUse(database: Database, from: string): Promise<KeyUse | undefined> {
  const sorted = database.grants.orderBy('refreshToken');
  const first = await database.call(() => sorted.startAt(from).limit(1).get());
  const grant = first.docs[0] && readGrant(first.docs[0]);
  if (grant === undefined) return undefined;
  const { user, refreshToken } = grant;
  const keyId = keyIdOf(refreshToken);
  const ofKey = sorted.startAt(refreshToken).endBefore(endOf(refreshToken));
  const counted = await database.call(() => ofKey.count().get());
  return { keyId, grants: counted.data().count, sample: { user, refreshToken } };
}

/** What stands right behind all that the same key has sealed: a slash follows the full stop. */
function endOf(sealed: Sealed): string {
  const [version, keyId] = sealed.split('.');
  return `${version}.${keyId}/`;
}

export function readGrant(snapshot: DocumentSnapshot): Grant | undefined {
  return snapshot.exists ? parseRecord(grantRecord, 'grants', snapshot.data()) : undefined;
}
