import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { hours } from '../../../src/lib/clock.ts';
import { ADA, aWait, NOW, ROOM, request, seal } from './contract/fixture.ts';
import { withDatabase } from './sqlite-file.ts';

/** The schema as Postern first wrote it. Never to be changed: such files exist. */
const SCHEMA = `
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

/**
 * Makes a file as a Postern of schema 1 left it: Ada's grant, and a request in every state that
 * there was, each named for it.
 */
export function writeVersion1(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  withDatabase(path, (database) => {
    database.exec(`PRAGMA journal_mode = WAL; ${SCHEMA} PRAGMA user_version = 1`);
    database
      .prepare('INSERT INTO grants VALUES (?, ?, ?, ?, ?, ?)')
      .run(ADA, seal('refresh token'), 'openid', null, NOW, NOW);
    const insert = database.prepare(
      'INSERT INTO requests VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    );
    const { payload, prompt = null } = aWait();
    const waited = [ADA, ROOM, payload, prompt];
    const nothing = [null, null, null, null];
    const rows = {
      running: ['lease', NOW + 1, null, null, null, ...nothing],
      released: [null, null, null, null, null, ...nothing],
      waiting: [null, null, NOW, null, null, ...waited],
      due: [null, null, null, NOW, null, ...waited],
      done: [null, null, null, null, 'answered', ...nothing],
    };
    for (const [state, columns] of Object.entries(rows)) {
      insert.run(request(state), state, 0, NOW + hours(24), ...columns);
    }
  });
}
