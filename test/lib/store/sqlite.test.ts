import assert from 'node:assert/strict';
import { execFile, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { days, hours } from '../../../src/lib/clock.ts';
import { createKeyring } from '../../../src/lib/store/keyring.ts';
import { openSqliteStore } from '../../../src/lib/store/sqlite/sqlite-store.ts';
import {
  ADA,
  aConsent,
  aGrant,
  aWait,
  BOB,
  claimed,
  claiming,
  consent,
  ended,
  HALL,
  NOW,
  parked,
  request,
  scheduled,
  statusOf,
  ticket,
} from './contract/fixture.ts';
import { damageRecords, freshPath, withDatabase } from './sqlite-file.ts';
import { describeStore } from './store-contract.ts';

function openAt(t: TestContext, path: string) {
  const store = openSqliteStore({ path, deadlineMs: 200 });
  t.after(() => store.close());
  return store;
}

describeStore('the store in SQLite', async (t) => {
  const path = freshPath(t);
  return {
    store: openAt(t, path),
    another: async () => openAt(t, path),
    damage: async (...records) => damageRecords(path, ...records),
  };
});

const bytesOf = (path: string): Buffer =>
  Buffer.concat(readdirSync(join(path, '..')).map((file) => readFileSync(join(path, '..', file))));

test('two processes share a file, from its creation on', async (t) => {
  const path = freshPath(t);
  const claimer = join(import.meta.dirname, 'sqlite-claimer.ts');
  const run = () => promisify(execFile)(process.execPath, [claimer, path, '50']);
  const outputs = await Promise.all([run(), run()]);
  const [one = 0, two = 0] = outputs.map(({ stdout }) => Number(stdout));
  assert.equal(one + two, 50);
});

test('two processes may create the file at the same moment', async (t) => {
  const openers = [1, 2].map(() => fork(join(import.meta.dirname, 'sqlite-opener.ts')));
  t.after(() => openers.map((opener) => opener.kill()));
  for (let round = 0; round < 20; round++) {
    const path = freshPath(t);
    const opened = openers.map((opener) => {
      opener.send(path);
      return once(opener, 'message');
    });
    assert.deepEqual(await Promise.all(opened), [
      ['opened', undefined],
      ['opened', undefined],
    ]);
  }
});

test('what was written is there after a restart', async (t) => {
  const path = freshPath(t);
  const before = openSqliteStore({ path });
  await consent(before, BOB);
  await parked(before, 'a');
  await before.close();

  const after = openAt(t, path);
  assert.equal((await after.grants.get(BOB))?.version, NOW);
  assert.equal(await statusOf(after, 'a'), 'waiting');
});

test('the files are for their owner alone', async (t) => {
  const path = freshPath(t);
  await consent(openAt(t, path));
  const folder = join(path, '..');
  assert.equal(statSync(folder).mode & 0o777, 0o700);
  const modes = readdirSync(folder).map((file) => [
    file,
    statSync(join(folder, file)).mode & 0o777,
  ]);
  assert.deepEqual(Object.fromEntries(modes), {
    'postern.db': 0o600,
    'postern.db-shm': 0o600,
    'postern.db-wal': 0o600,
  });
});

test('no file holds a secret in clear, nor what was forgotten', async (t) => {
  const path = freshPath(t);
  const key = { id: 'k', key: createHash('sha256').update('k').digest() };
  const ring = createKeyring({ keys: [key], clientId: 'client' });
  const secret = '1//the-refresh-token';
  const refreshToken = await ring.seal(secret, { collection: 'grants', owner: ADA });

  const store = openSqliteStore({ path });
  await store.consents.open(aConsent());
  await store.consents.complete(ticket('a'), aGrant({ refreshToken }), NOW);
  assert.equal(bytesOf(path).includes(refreshToken), true);
  assert.equal(bytesOf(path).includes(secret), false);

  await store.forgetPerson(ADA, NOW);
  await store.close();
  assert.equal(bytesOf(path).includes(refreshToken), false);
  assert.equal(bytesOf(path).includes(ADA), false);
});

test('a request that has ended holds nothing of its person, unless it was kept', async (t) => {
  const path = freshPath(t);
  const store = openAt(t, path);
  await ended(store);

  const rows = withDatabase(path, (database) =>
    database
      .prepare('SELECT id, user, payload, scheduledFor FROM requests ORDER BY user, outcome DESC')
      .all(),
  );
  assert.deepEqual(
    rows.map((row) => ({ ...row })),
    [
      { id: request('ended'), user: null, payload: null, scheduledFor: null },
      { id: request('cancelled'), user: null, payload: null, scheduledFor: null },
      { id: request('kept'), user: ADA, payload: aWait().payload, scheduledFor: null },
    ],
  );
});

test('a forgotten request holds nothing at all of what it was about', async (t) => {
  const path = freshPath(t);
  const store = openAt(t, path);
  await scheduled(store, 'a');
  await store.forgetPerson(ADA, NOW);
  const row = withDatabase(path, (database) => database.prepare('SELECT * FROM requests').get());
  const left = Object.entries(row ?? {}).filter(([, value]) => value !== null);
  const names = left.map(([name]) => name).sort();
  assert.deepEqual(names, ['endedAt', 'expiresAt', 'failures', 'id', 'outcome', 'state']);
});

test('expired requests are tidied away, a batch at a time', async (t) => {
  const path = freshPath(t);
  const store = openAt(t, path);
  for (let n = 0; n < 60; n++) await claimed(store, `old ${n}`);
  const count = () =>
    withDatabase(path, (database) =>
      Number(database.prepare('SELECT count(*) AS n FROM requests').get()?.['n']),
    );

  const later = NOW + hours(200);
  await claimed(store, 'new 1', later);
  assert.equal(count(), 11);
  await claimed(store, 'new 2', later);
  assert.equal(count(), 2);
});

test('an expired consent is still known as such for a day', async (t) => {
  const store = openAt(t, freshPath(t));
  await store.consents.open(aConsent());
  const dayAfter = aConsent().expiresAt + days(1);
  const openAnother = (name: string, createdAt: number) =>
    store.consents.open(
      aConsent({
        ticketHash: ticket(name),
        createdAt,
        expiresAt: createdAt + hours(1),
        space: HALL,
      }),
    );

  await openAnother('b', dayAfter - 1);
  assert.equal(await store.consents.complete(ticket('a'), aGrant(), dayAfter - 1), 'expired');
  await openAnother('c', dayAfter);
  assert.equal(await store.consents.complete(ticket('a'), aGrant(), dayAfter), 'unknown');
});

test('a file that another process keeps locked is a store that does not answer', async (t) => {
  const path = freshPath(t);
  const store = openAt(t, path);
  const other = new DatabaseSync(path);
  other.exec('BEGIN IMMEDIATE');
  await assert.rejects(store.requests.claim(request('a'), claiming()), {
    code: 'store_unavailable',
    message: /Another process/,
  });
  other.close();
  assert.equal(await statusOf(store, 'a'), 'unknown');
});

test('a store that was closed does not answer', async (t) => {
  const store = openAt(t, freshPath(t));
  await store.ping();
  await store.close();
  await store.close();
  await assert.rejects(store.ping(), { code: 'store_unavailable' });
});

test('a path where no file can be is a store that does not answer', async (t) => {
  const path = freshPath(t);
  await openSqliteStore({ path }).close();
  assert.throws(() => openSqliteStore({ path: join(path, 'postern.db') }), {
    code: 'store_unavailable',
    message: /STORE/,
  });
});

test('a file that is no database is not touched', (t) => {
  const path = join(mkdtempSync(join(tmpdir(), 'postern-')), 'notes.txt');
  t.after(() => rmSync(join(path, '..'), { recursive: true }));
  const notes = 'not a database\n'.repeat(100);
  writeFileSync(path, notes);
  assert.throws(() => openSqliteStore({ path }), { code: 'store_corrupt' });
  assert.equal(readFileSync(path, 'utf8'), notes);
});

test('a database of a newer Postern is not touched', async (t) => {
  const path = freshPath(t);
  await openSqliteStore({ path }).close();
  withDatabase(path, (database) => database.exec('PRAGMA user_version = 1000'));
  assert.throws(() => openSqliteStore({ path }), { code: 'store_corrupt', message: /schema 1000/ });
});

test('a record that was changed by hand is named by its fields, not by its values', async (t) => {
  const path = freshPath(t);
  const store = openAt(t, path);
  await consent(store);
  withDatabase(path, (database) => database.exec(`UPDATE grants SET refreshToken = '1//in-clear'`));
  await assert.rejects(store.grants.get(ADA), (error: unknown) => {
    assert.match(String(error), /"grants".*refreshToken/);
    assert.doesNotMatch(String(error), /in-clear/);
    return true;
  });
});
