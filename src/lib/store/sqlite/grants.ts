import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { UserName } from '../../names.ts';
import { grantRecord, parseRecord } from '../records.ts';
import type { Grant, GrantStore, KeyUse } from '../store.ts';
import { answered } from './errors.ts';
import { joinScopes, splitScopes } from './scopes.ts';

const grantRow = grantRecord.extend({
  scopes: splitScopes,
  email: z
    .string()
    .nullable()
    .transform((email) => email ?? undefined),
});

export function sqliteGrants(database: DatabaseSync): GrantStore {
  const find = prepareFindGrant(database);
  const remove = database.prepare('DELETE FROM grants WHERE user = ? AND version = ?');
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
    return row === undefined ? undefined : parseRecord(grantRow, 'grants', row);
  };
}

export function prepareSaveGrant(database: DatabaseSync): (grant: Grant) => void {
  const save = database.prepare(`
    INSERT OR REPLACE INTO grants (user, refreshToken, scopes, email, grantedAt, version)
    VALUES (:user, :refreshToken, :scopes, :email, :grantedAt, :version)`);
  return ({ user, refreshToken, scopes, email, grantedAt, version }) => {
    save.run({
      user,
      refreshToken,
      scopes: joinScopes(scopes),
      email: email ?? null,
      grantedAt,
      version,
    });
  };
}
