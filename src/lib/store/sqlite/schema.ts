import type { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../../errors.ts';
import { inTransaction } from './database.ts';

/** Columns are named as the fields of records.ts; a nested record lies flat. Lists of scopes are separated by spaces. */
const VERSION_1 = `
  CREATE TABLE grants (
    user TEXT PRIMARY KEY,
    refreshToken TEXT NOT NULL,
    scopes TEXT NOT NULL,
    email TEXT,
    grantedAt INTEGER NOT NULL,
    version INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE consents (
    ticketHash TEXT PRIMARY KEY,
    user TEXT NOT NULL,
    space TEXT NOT NULL,
    requestId TEXT NOT NULL,
    scopes TEXT NOT NULL,
    verifier TEXT NOT NULL,
    nonce TEXT NOT NULL,
    status TEXT NOT NULL,
    createdAt INTEGER NOT NULL,
    expiresAt INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX consentsOfPerson ON consents (user, space);
  CREATE INDEX consentsOfSpace ON consents (space);
  CREATE INDEX expiredConsents ON consents (expiresAt);

  CREATE TABLE requests (
    id TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    failures INTEGER NOT NULL,
    expiresAt INTEGER NOT NULL,
    leaseToken TEXT,
    leaseUntil INTEGER,
    since INTEGER,
    dueAt INTEGER,
    outcome TEXT,
    user TEXT,
    space TEXT,
    payload TEXT,
    prompt TEXT
  ) STRICT;
  CREATE INDEX dueRequests ON requests (dueAt, id) WHERE dueAt IS NOT NULL;
  CREATE INDEX requestsOfPerson ON requests (user) WHERE user IS NOT NULL;
  CREATE INDEX requestsOfSpace ON requests (space) WHERE space IS NOT NULL;
  CREATE INDEX expiredRequests ON requests (expiresAt);
`;

/** A request may be scheduled, for `dueAt`. The hour is kept when it is due and while it is worked on. */
const VERSION_2 = `
  ALTER TABLE requests ADD COLUMN scheduledFor INTEGER;
`;

/** What people have told of themselves. */
const VERSION_3 = `
  CREATE TABLE people (
    user TEXT PRIMARY KEY,
    timeZone TEXT NOT NULL
  ) STRICT;
`;

/** When a grant was last used, to the day; when a request ended; and whether it is tried again after it was given up. */
const VERSION_4 = `
  ALTER TABLE grants ADD COLUMN lastUsedAt INTEGER;
  ALTER TABLE requests ADD COLUMN endedAt INTEGER;
  ALTER TABLE requests ADD COLUMN replayed INTEGER;
`;

/** Where the trace of what waits began; since when a request is due; and the ways to those that have waited longest. */
const VERSION_5 = `
  ALTER TABLE requests ADD COLUMN traceparent TEXT;
  ALTER TABLE consents ADD COLUMN traceparent TEXT;
  ALTER TABLE requests ADD COLUMN dueSince INTEGER;
  CREATE INDEX waitingRequests ON requests (since) WHERE since IS NOT NULL;
  CREATE INDEX takenRequests ON requests (dueSince) WHERE dueSince IS NOT NULL;
`;

/** What leads from each version of the schema to the next. Append only. */
const MIGRATIONS = [VERSION_1, VERSION_2, VERSION_3, VERSION_4, VERSION_5];

/** @throws StoreError `store_corrupt` when a newer Postern wrote the database */
export function migrate(database: DatabaseSync): void {
  inTransaction(database, () => {
    const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
    if (version > MIGRATIONS.length) {
      throw new StoreError(
        'store_corrupt',
        `The SQLite database of STORE has schema ${version}, and this Postern knows ${MIGRATIONS.length} at most. ` +
          'Run the version that wrote it, or a later one.',
      );
    }
    for (const migration of MIGRATIONS.slice(version)) database.exec(migration);
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
  });
}
