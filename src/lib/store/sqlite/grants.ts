import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { z } from 'zod';
import type { UserName } from '../../names.ts';
import { isNewUse } from '../consent-rules.ts';
import { grantRecord, parseRecord } from '../records.ts';
import type { Grant, GrantStore, KeyUse } from '../store.ts';
import { inTransaction } from './database.ts';
import { answered } from './errors.ts';
import { joinScopes, splitScopes } from './scopes.ts';

const grantRow = grantRecord.extend({
  scopes: splitScopes,
  email: orUndefined(z.string()),
  lastUsedAt: orUndefined(z.int().nonnegative()),
});

export function sqliteGrants(database: DatabaseSync): GrantStore {
  const find = prepareFindGrant(database);
  const remove = database.prepare('DELETE FROM grants WHERE user = ? AND version = ?');
  const saveUse = database.prepare(
    'UPDATE grants SET lastUsedAt = :at WHERE user = :user AND version = :version',
  );
  // Of the other columns SQLite gives those of the row with the minimum.
  const countByKey = database.prepare(`
    SELECT substr(refreshToken, 4, instr(substr(refreshToken, 4), '.') - 1) AS keyId,
      count(*) AS grants, min(user) AS user, refreshToken
    FROM grants GROUP BY keyId ORDER BY keyId`);

  return {
    async get(user) {
      return answered(() => find(user));
    },

    async delete(user, version) {
      return answered(() => remove.run(user, version).changes === 1);
    },

    async noteUse(user, version, at) {
      answered(() =>
        inTransaction(database, () => {
          const grant = find(user);
          if (grant !== undefined && isNewUse(grant, at)) saveUse.run({ user, version, at });
        }),
      );
    },

    async byKey() {
      return answered(() => countByKey.all().map(readKeyUse));
    },
  };
}

const keyUseRow = grantRecord
  .pick({ user: true, refreshToken: true })
  .extend({ keyId: z.string(), grants: z.number() });

function readKeyUse(row: unknown): KeyUse {
  const { keyId, grants, ...sample } = parseRecord(keyUseRow, 'grants', row);
  return { keyId, grants, sample };
}

/** For whoever needs the grant within a transaction. */
export function prepareFindGrant(database: DatabaseSync): (user: UserName) => Grant | undefined {
  const find = database.prepare('SELECT * FROM grants WHERE user = ?');
  return (user) => {
    const row = find.get(user);
    return row === undefined ? undefined : readGrantRow(row);
  };
}

/** @throws StoreError */
export function readGrantRow(row: Record<string, SQLOutputValue>): Grant {
  return parseRecord(grantRow, 'grants', row);
}

export function prepareSaveGrant(database: DatabaseSync): (grant: Grant) => void {
  const save = database.prepare(`
    INSERT OR REPLACE INTO grants (user, refreshToken, scopes, email, grantedAt, version, lastUsedAt)
    VALUES (:user, :refreshToken, :scopes, :email, :grantedAt, :version, :lastUsedAt)`);
  return ({ user, refreshToken, scopes, email, grantedAt, version, lastUsedAt }) => {
    save.run({
      user,
      refreshToken,
      scopes: joinScopes(scopes),
      email: email ?? null,
      grantedAt,
      version,
      lastUsedAt: lastUsedAt ?? null,
    });
  };
}

function orUndefined<T>(schema: z.ZodType<T>) {
  return schema.nullable().transform((value) => value ?? undefined);
}
