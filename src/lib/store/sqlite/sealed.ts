import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { userName } from '../../names.ts';
import { type Administration, listed } from '../administration.ts';
import { parseRecord, sealed } from '../records.ts';
import type { SealContext } from '../sealer.ts';
import { answered } from './errors.ts';

type Collection = SealContext['collection'];

/** Where each table keeps sealed values, and in which rows they may have to be opened. */
const TABLES = {
  grants: { key: 'user', columns: ['refreshToken'], which: 'TRUE' },
  consents: { key: 'ticketHash', columns: ['verifier', 'nonce'], which: "status = 'pending'" },
  requests: { key: 'id', columns: ['payload'], which: 'payload IS NOT NULL' },
} as const;

const rowOf = z.object({ key: z.string(), owner: userName });

export function sqliteSealed(
  database: DatabaseSync,
): Pick<Administration, 'listSealed' | 'reseal'> {
  const statements = {
    grants: prepare(database, 'grants'),
    consents: prepare(database, 'consents'),
    requests: prepare(database, 'requests'),
  };

  return {
    async listSealed(collection, { after, limit }) {
      const { list } = statements[collection];
      return answered(() =>
        list.all(after?.key ?? '', limit).map((row) =>
          listed({ key: String(row['key']) }, () => ({
            collection,
            ...parseRecord(rowOf, collection, row),
            values: TABLES[collection].columns.map((column) =>
              parseRecord(sealed, collection, row[column]),
            ),
          })),
        ),
      );
    },

    async reseal({ collection, key, values: before }, values) {
      const { reseal } = statements[collection];
      return answered(() => reseal.run(...values, key, ...before).changes === 1);
    },
  };
}

function prepare(database: DatabaseSync, table: Collection) {
  const { key, columns, which } = TABLES[table];
  const areThese = columns.map((column) => `${column} = ?`);
  return {
    list: database.prepare(`
      SELECT ${key} AS key, user AS owner, ${columns.join(', ')} FROM ${table}
      WHERE ${key} > ? AND ${which} ORDER BY ${key} LIMIT ?`),
    reseal: database.prepare(`
      UPDATE ${table} SET ${areThese.join(', ')}
      WHERE ${key} = ? AND ${areThese.join(' AND ')}`),
  };
}
