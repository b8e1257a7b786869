import type { DatabaseSync } from 'node:sqlite';
import { seconds } from '../../clock.ts';
import type { Store } from '../store.ts';
import { sqliteAdministration } from './administration.ts';
import { sqliteConsents } from './consents.ts';
import { inTransaction, openDatabase } from './database.ts';
import { answered } from './errors.ts';
import { prepareFindGrant, sqliteGrants } from './grants.ts';
import { createGroupCommit } from './group-commit.ts';
import { sqlitePeople } from './people.ts';
import { sqliteRequests } from './requests.ts';
import { migrate } from './schema.ts';

const DEADLINE_MS = seconds(2);

/**
 * The store of one machine: an SQLite file, which the subscriber and oauth-web share. Its folder is made if it isn't there.
 * SQLite works synchronously; that is fine, since each call is a few rows by an index and one flush to a local disk,
 * which calls that come together share.
 *
 * @param options.deadlineMs how long a call may wait for another process that writes, 2 s unless given
 * @throws StoreError `store_unavailable` when the file can't be opened, `store_corrupt` when it is no database of ours
 */
export function openSqliteStore(options: { path: string; deadlineMs?: number | undefined }): Store {
  const { path, deadlineMs = DEADLINE_MS } = options;
  const database = answered(() => openDatabase(path, deadlineMs));
  try {
    return answered(() => storeOn(database));
  } catch (error) {
    database.close();
    throw error;
  }
}

function storeOn(database: DatabaseSync): Store {
  migrate(database);
  const forget = prepareForgetting(database);
  const findGrant = prepareFindGrant(database);
  const ping = database.prepare('SELECT 1 FROM grants LIMIT 1');

  return {
    grants: sqliteGrants(database),
    consents: sqliteConsents(database),
    requests: sqliteRequests(database, createGroupCommit(database)),
    people: sqlitePeople(database),
    administration: sqliteAdministration(database),

    async forgetPerson(user, now, ifVersion) {
      return answered(() =>
        inTransaction(database, () => {
          const version = findGrant(user)?.version ?? 0;
          if (ifVersion !== undefined && ifVersion !== version) return false;
          forget.grant.run(user);
          forget.person.run(user);
          forget.consentsOfPerson.run(user);
          forget.requestsOfPerson.run({ user, now });
          return true;
        }),
      );
    },

    async forgetSpace(space, now) {
      answered(() =>
        inTransaction(database, () => {
          forget.consentsOfSpace.run(space);
          forget.requestsOfSpace.run({ space, now });
        }),
      );
    },

    async ping() {
      answered(() => ping.get());
    },

    async close() {
      if (database.isOpen) database.close();
    },
  };
}

function prepareForgetting(database: DatabaseSync) {
  // As `forget` in ledger-rules.ts.
  const forgotten = `
    UPDATE requests SET state = 'done', outcome = 'forgotten', leaseToken = NULL, leaseUntil = NULL, since = NULL, dueAt = NULL,
      endedAt = :now, user = NULL, space = NULL, payload = NULL, prompt = NULL, scheduledFor = NULL, replayed = NULL,
      traceparent = NULL, dueSince = NULL
    WHERE NOT (state = 'running' AND leaseUntil > :now)`;
  return {
    grant: database.prepare('DELETE FROM grants WHERE user = ?'),
    person: database.prepare('DELETE FROM people WHERE user = ?'),
    consentsOfPerson: database.prepare('DELETE FROM consents WHERE user = ?'),
    consentsOfSpace: database.prepare('DELETE FROM consents WHERE space = ?'),
    requestsOfPerson: database.prepare(`${forgotten} AND user = :user`),
    requestsOfSpace: database.prepare(`${forgotten} AND space = :space`),
  };
}
