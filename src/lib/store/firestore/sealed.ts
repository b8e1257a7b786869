import { type DocumentSnapshot, FieldPath, type Query } from '@google-cloud/firestore';
import { z } from 'zod';
import { userName } from '../../names.ts';
import { type Administration, type Cursor, listed, type SealedRecord } from '../administration.ts';
import { parseRecord, sealed } from '../records.ts';
import type { SealContext } from '../sealer.ts';
import { type Database, unchanged } from './database.ts';
import { decide } from './decide.ts';

type Collection = SealContext['collection'];

/** Where each collection keeps sealed values, and whose they are. */
const FIELDS: Readonly<Record<Collection, { owner: string; values: readonly string[] }>> = {
  grants: { owner: 'user', values: ['refreshToken'] },
  consents: { owner: 'user', values: ['verifier', 'nonce'] },
  requests: { owner: 'waited.user', values: ['waited.payload'] },
};

const secrets = z.object({ owner: userName, values: z.array(sealed) });

export function firestoreSealed(database: Database): Pick<Administration, 'listSealed' | 'reseal'> {
  return {
    async listSealed(collection, { after, limit }) {
      const { owner, values } = FIELDS[collection];
      const query = pageOf(database, collection, after);
      const fields = [owner, ...values];
      const found = await database.call(() =>
        query
          .limit(limit)
          .select(...fields)
          .get(),
      );
      return found.docs.map((document) =>
        listed({ key: document.id, owner: document.get(owner) }, () => read(collection, document)),
      );
    },

    async reseal({ collection, key, values: before }, values) {
      const paths = FIELDS[collection].values;
      const update = Object.fromEntries(paths.map((path, index) => [path, values[index]]));
      return database.call(() =>
        decide(database.collection(collection).doc(key), (snapshot) => {
          const isAsBefore = paths.every((path, index) => snapshot.get(path) === before[index]);
          if (!isAsBefore) return { answer: false };
          return { answer: true, write: snapshot.ref.update(update, unchanged(snapshot)) };
        }),
      );
    },
  };
}

/** Of requests, only those with an owner have anything sealed: so they are found in the owners' order. */
function pageOf(database: Database, collection: Collection, after: Cursor | undefined): Query {
  const records = database.collection(collection);
  if (collection === 'requests') {
    const query = records.orderBy('waited.user').orderBy(FieldPath.documentId());
    return after === undefined ? query : query.startAfter(after.owner, after.key);
  }
  const some = collection === 'consents' ? records.where('status', '==', 'pending') : records;
  const query = some.orderBy(FieldPath.documentId());
  return after === undefined ? query : query.startAfter(after.key);
}

function read(collection: Collection, document: DocumentSnapshot): SealedRecord {
  const { owner, values } = FIELDS[collection];
  const field = (path: string): unknown => document.get(path);
  const found = { owner: field(owner), values: values.map(field) };
  return { collection, key: document.id, ...parseRecord(secrets, collection, found) };
}
