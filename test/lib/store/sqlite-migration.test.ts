import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openSqliteStore } from '../../../src/lib/store/sqlite/sqlite-store.ts';
import {
  ADA,
  AT,
  aWait,
  claimed,
  consent,
  listed,
  NOW,
  request,
  scheduled,
  seal,
  statusOf,
  takeDue,
} from './contract/fixture.ts';
import { freshPath, withDatabase } from './sqlite-file.ts';
import { writeVersion1 } from './sqlite-version-1.ts';

function openVersion1(t: TestContext) {
  const path = freshPath(t);
  writeVersion1(path);
  const open = () => {
    const store = openSqliteStore({ path });
    t.after(() => store.close());
    return store;
  };
  return { path, open };
}

test('what a Postern of schema 1 has written is there, in every state', async (t) => {
  const store = openVersion1(t).open();
  assert.equal((await store.grants.get(ADA))?.refreshToken, seal('refresh token'));
  assert.equal(await statusOf(store, 'running'), 'busy');
  assert.equal(await statusOf(store, 'waiting'), 'waiting');
  assert.equal(await statusOf(store, 'done'), 'done');
  assert.equal((await claimed(store, 'released')).waited, undefined);
  assert.deepEqual(await takeDue(store), [request('due')]);
  assert.deepEqual((await claimed(store, 'due')).waited, aWait());
  await consent(store);
  assert.deepEqual((await claimed(store, 'waiting')).waited, aWait());
});

test('nobody knows when a grant of schema 1 was used, until it is used again', async (t) => {
  const store = openVersion1(t).open();
  const [listed, ...more] = await store.administration.listGrants({ limit: 10 });
  assert.ok(listed && 'record' in listed);
  const { user, lastUsedAt } = listed.record;
  assert.deepEqual([user, lastUsedAt, more], [ADA, undefined, []]);
  await store.grants.noteUse(ADA, NOW, NOW + 1);
  assert.equal((await store.grants.get(ADA))?.lastUsedAt, NOW + 1);
});

test('requests are scheduled in a file of schema 1', async (t) => {
  const store = openVersion1(t).open();
  await scheduled(store, 'a');
  await scheduled(store, 'released');
  assert.deepEqual(await listed(store), [request('a'), request('released')].sort());
  assert.equal(await store.requests.cancel(request('released'), ADA, NOW), 'cancelled');
  assert.deepEqual(await takeDue(store, AT), [request('a')]);
  assert.equal((await claimed(store, 'a', AT)).waited?.scheduledFor, AT);
});

test('a file of schema 1 is migrated once, whoever opens it', async (t) => {
  const { path, open } = openVersion1(t);
  const [one, other] = [open(), open()];
  await scheduled(one, 'a');
  assert.deepEqual(await listed(other), [request('a')]);
  const version = withDatabase(path, (database) => database.prepare('PRAGMA user_version').get());
  assert.deepEqual({ ...version }, { user_version: 5 });
});
