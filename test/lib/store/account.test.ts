import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { openAccountStore } from '../../../src/lib/store/sqlite/account.ts';
import { ADA, aGrant, BOB, NOW } from './contract/fixture.ts';

function pathOf(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'postern-account-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return join(folder, 'account.sqlite');
}

function storeOf(t: TestContext, path = pathOf(t)) {
  const store = openAccountStore(path);
  t.after(() => store.close());
  return store;
}

describe('the account of a terminal', () => {
  it('is nobody’s at first', async (t) => {
    assert.equal(await storeOf(t).current(), undefined);
  });

  it('is whoever signed in, also for the next process', async (t) => {
    const path = pathOf(t);
    const saved = await storeOf(t, path).save(aGrant(), NOW);
    assert.deepEqual(saved, { ...aGrant(), version: NOW, lastUsedAt: NOW });
    assert.deepEqual(await storeOf(t, path).current(), saved);
  });

  it('is one at a time: the last one', async (t) => {
    const store = storeOf(t);
    await store.save(aGrant({ user: ADA }), NOW);
    await store.save(aGrant({ user: BOB }), NOW - 1000);
    assert.equal((await store.current())?.user, BOB);
    assert.equal(await store.grants.get(ADA), undefined);
  });

  it('has a newer version with every sign-in, also when the clock went backwards', async (t) => {
    const store = storeOf(t);
    const first = await store.save(aGrant(), NOW);
    const second = await store.save(aGrant(), NOW - 1000);
    assert.ok(second.version > first.version);
    assert.equal(await store.grants.delete(ADA, first.version), false, 'a newer one stays');
    assert.equal(await store.grants.delete(ADA, second.version), true);
    assert.equal(await store.current(), undefined);
  });

  it('is forgotten, and nothing of it stays in the files', async (t) => {
    const path = pathOf(t);
    const store = storeOf(t, path);
    const { refreshToken } = await store.save(aGrant(), NOW);
    await store.forgetPerson(ADA, NOW);
    assert.equal(await store.current(), undefined);
    await store.close();
    const folder = join(path, '..');
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
    assert.ok(files.length > 0 && files.every((file) => !file.includes(refreshToken)));
  });
});

it('an account that is no database is told in words for whoever sits at the terminal', (t) => {
  const path = pathOf(t);
  writeFileSync(path, 'x'.repeat(5000));
  assert.throws(() => openAccountStore(path), {
    code: 'store_corrupt',
    message: /your account .* sign in again/,
  });
  assert.throws(() => openAccountStore(join(path, 'deeper')), {
    code: 'store_unavailable',
    message: /POSTERN_CONFIG_HOME/,
  });
});
