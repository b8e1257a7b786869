import assert from 'node:assert/strict';
import { test } from 'node:test';
import { days } from '../../../../src/lib/clock.ts';
import { type UserName, userName } from '../../../../src/lib/names.ts';
import { sealed } from '../../../../src/lib/store/records.ts';
import { ADA, aConsent, aGrant, BOB, consent, NOW, type OpenFixture, ticket } from './fixture.ts';

export function grantContract(open: OpenFixture): void {
  test('who has not consented has no grant', async (t) => {
    const { store } = await open(t);
    await consent(store, BOB);
    assert.equal(await store.grants.get(ADA), undefined);
  });

  test('a grant without an e-mail address and without scopes is kept as it is', async (t) => {
    const { store } = await open(t);
    await store.consents.open(aConsent());
    await store.consents.complete(ticket('a'), aGrant({ email: undefined, scopes: [] }), NOW);
    const grant = await store.grants.get(ADA);
    assert.deepEqual(grant?.scopes, []);
    assert.equal(grant.email, undefined);
  });

  test('a new grant replaces the former one entirely', async (t) => {
    const { store } = await open(t);
    await consent(store);
    const requestId = aConsent().requestId;
    await store.consents.open(aConsent({ ticketHash: ticket('later'), requestId }));
    const bare = aGrant({ email: undefined, scopes: ['openid'], grantedAt: NOW + 5 });
    await store.consents.complete(ticket('later'), bare, NOW + 5);
    const grant = await store.grants.get(ADA);
    assert.deepEqual(
      { email: grant?.email, scopes: grant?.scopes, version: grant?.version },
      { email: undefined, scopes: ['openid'], version: NOW + 5 },
    );
  });

  test('versions grow with every grant, also when the clock does not or a grant was deleted', async (t) => {
    const { store } = await open(t);
    const first = await consent(store, ADA, NOW);
    const second = await consent(store, ADA, NOW - 1);
    assert.equal(second, first + 1);
    await store.grants.delete(ADA, second);
    assert.ok((await consent(store, ADA, NOW + 1000)) > second);
  });

  test('a grant is deleted only in the version that was meant', async (t) => {
    const { store } = await open(t);
    const old = await consent(store, ADA, NOW);
    const current = await consent(store, ADA, NOW + 1);
    assert.equal(await store.grants.delete(ADA, old), false);
    assert.equal((await store.grants.get(ADA))?.version, current);
    assert.equal(await store.grants.delete(ADA, current), true);
    assert.equal(await store.grants.get(ADA), undefined);
    assert.equal(await store.grants.delete(ADA, current), false);
  });

  test('a use is noted once a day, beginning with the consent', async (t) => {
    const { store } = await open(t);
    const version = await consent(store);
    const lastUse = async () => (await store.grants.get(ADA))?.lastUsedAt;
    assert.equal(await lastUse(), NOW);
    await store.grants.noteUse(ADA, version, NOW + days(1) - 1);
    assert.equal(await lastUse(), NOW);
    await store.grants.noteUse(ADA, version, NOW + days(1));
    assert.equal(await lastUse(), NOW + days(1));
  });

  test('a use of a former grant says nothing of the next one, nor brings one back', async (t) => {
    const { store } = await open(t);
    const old = await consent(store, ADA, NOW);
    const current = await consent(store, ADA, NOW + 1);
    await store.grants.noteUse(ADA, old, NOW + days(3));
    assert.equal((await store.grants.get(ADA))?.lastUsedAt, NOW + 1);
    await store.grants.delete(ADA, current);
    await store.grants.noteUse(ADA, current, NOW + days(3));
    assert.equal(await store.grants.get(ADA), undefined);
  });

  test('a grant that is used at the same moment is deleted all the same', async (t) => {
    const { store, another } = await open(t);
    const other = await another();
    const version = await consent(store);
    const [deleted] = await Promise.all([
      store.grants.delete(ADA, version),
      other.grants.noteUse(ADA, version, NOW + days(1)),
    ]);
    assert.equal(deleted, true);
    assert.equal(await store.grants.get(ADA), undefined);
  });

  test('grants are counted by the key that sealed them', async (t) => {
    const { store } = await open(t);
    assert.deepEqual(await store.grants.byKey(), []);
    const under = async (user: UserName, keyId: string, dataKey?: string) => {
      const start = dataKey === undefined ? `v1.${keyId}` : `v2.${keyId}.${dataKey}`;
      const refreshToken = sealed.parse(`${start}.${user.length}`);
      const ticketHash = ticket(`${user} under ${keyId}`);
      await store.consents.open(aConsent({ user, ticketHash }));
      await store.consents.complete(ticketHash, aGrant({ user, refreshToken }), NOW);
      return { user, refreshToken };
    };
    const bobs = await under(BOB, 'k1');
    await under(ADA, 'k1-old');
    await under(userName.parse('users/3'), 'k1-old');
    await under(userName.parse('users/4'), 'k1-old');
    await under(userName.parse('users/5'), 'kms-0123abcd', 'AAAA');
    await under(userName.parse('users/6'), 'kms-0123abcd', 'zzzz');
    await under(userName.parse('users/7'), 'kms-4567', 'AAAA');
    const zoes = await under(userName.parse('users/zoe'), 'k10');

    const found = await store.grants.byKey();
    const counts = new Map(found.map(({ keyId, grants }) => [keyId, grants]));
    assert.deepEqual([...counts].toSorted(), [
      ['k1', 1],
      ['k1-old', 3],
      ['k10', 1],
      ['kms-0123abcd', 2],
      ['kms-4567', 1],
    ]);
    const samples = new Map(found.map(({ keyId, sample }) => [keyId, sample]));
    assert.deepEqual(samples.get('k1'), bobs);
    assert.deepEqual(samples.get('k10'), zoes);
    const sample = samples.get('k1-old');
    assert.match(sample?.refreshToken ?? '', /^v1\.k1-old\./);
  });

  for (const name of ['users/.', 'users/..', 'users/__all__', 'users/ada.l@example.com']) {
    test(`${name} is a person like any other`, async (t) => {
      const { store } = await open(t);
      const user = userName.parse(name);
      const version = await consent(store, user);
      assert.equal((await store.grants.get(user))?.user, user);
      assert.equal(await store.grants.delete(user, version), true);
    });
  }
}
