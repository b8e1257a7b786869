import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { userName } from '../../names.ts';
import type { Administration, SealedRecord } from '../administration.ts';
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

const sealedRow = z.object({ key: z.string(), owner: userName, first: sealed, second: sealed });

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
      const rows = answered(() =>
        statements[collection].list.all({ after: after?.key ?? '', limit }),
      );
      return rows.map((row): SealedRecord => {
        const { key, owner, first, second } = parseRecord(sealedRow, collection, row);
        const values = [first, second].slice(0, TABLES[collection].columns.length);
        return { collection, key, owner, values };
      });
    },

    async reseal({ collection, key, values: before }, values) {
      const [first = '', second = first] = values;
      const [firstBefore = '', secondBefore = firstBefore] = before;
      const { reseal } = statements[collection];
      return answered(
        () => reseal.run({ key, first, second, firstBefore, secondBefore }).changes === 1,
      );
    },
  };
}

/** A table with one sealed column has it in both places, so that one form does for all. */
function prepare(database: DatabaseSync, table: Collection) {
  const { key, columns, which } = TABLES[table];
  const [first, second = first] = columns;
  const sets = second === first ? '' : `, ${second} = :second`;
  const unused = second === first ? ' AND :second = :first' : '';
  return {
    list: database.prepare(`
      SELECT ${key} AS key, user AS owner, ${first} AS first, ${second} AS second FROM ${table}
      WHERE ${key} > :after AND ${which} ORDER BY ${key} LIMIT :limit`),
    reseal: database.prepare(`
      UPDATE ${table} SET ${first} = :first${sets}
      WHERE ${key} = :key AND ${first} = :firstBefore AND ${second} = :secondBefore${unused}`),
  };
}
