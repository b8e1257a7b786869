import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SealedRecord } from '../../../../src/lib/store/administration.ts';
import type { Store } from '../../../../src/lib/store/store.ts';
import {
  ADA,
  aConsent,
  aGrant,
  aWait,
  BOB,
  claimed,
  consent,
  NOW,
  type OpenFixture,
  parked,
  request,
  seal,
  ticket,
} from './fixture.ts';
import { everyPage } from './pages.ts';

type Collection = SealedRecord['collection'];

/** All records with sealed values. */
async function listed(store: Store, collection: Collection): Promise<SealedRecord[]> {
  return (await everyPage((page) => store.administration.listSealed(collection, page))).records;
}

const byKey = (records: readonly SealedRecord[]) =>
  records
    .map(({ owner, values }) => ({ owner, values }))
    .toSorted((a, b) => (a.owner < b.owner ? -1 : 1));

export function sealedContract(open: OpenFixture): void {
  test('everything that is sealed is listed, with its owner', async (t) => {
    const { store } = await open(t);
    await consent(store, ADA);
    await consent(store, BOB);
    await store.consents.open(aConsent());
    for (const name of ['1', '2', '3']) await parked(store, name);
    await parked(store, 'bob', aWait({ user: BOB }));
    await claimed(store, 'nothing sealed');

    const token = [seal('refresh token')];
    assert.deepEqual(byKey(await listed(store, 'grants')), [
      { owner: ADA, values: token },
      { owner: BOB, values: token },
    ]);
    assert.deepEqual(await listed(store, 'consents'), [
      {
        collection: 'consents',
        key: ticket('a'),
        owner: ADA,
        values: [seal('verifier'), seal('nonce')],
      },
    ]);
    const requests = await listed(store, 'requests');
    const keys = ['1', '2', '3', 'bob'].map(request);
    assert.deepEqual(requests.map(({ key }) => key).toSorted(), keys.toSorted());
    assert.equal(requests.find(({ key }) => key === request('bob'))?.owner, BOB);
  });

  test('other sealed values take the place of those that were read, and nothing else changes', async (t) => {
    const { store } = await open(t);
    await consent(store);
    await store.consents.open(aConsent());
    await parked(store, 'a');
    const before = {
      grant: await store.grants.get(ADA),
      consent: await store.consents.get(ticket('a')),
      request: await store.administration.findRequest(request('a')),
    };

    for (const collection of ['grants', 'consents', 'requests'] as const) {
      const [record, ...more] = await listed(store, collection);
      assert.ok(record !== undefined && more.length === 0);
      const values = record.values.map((_, index) => seal(`new ${index}`));
      assert.equal(await store.administration.reseal(record, values), true);
      assert.equal(await store.administration.reseal(record, values), false, 'read anew first');
    }

    assert.deepEqual(await store.grants.get(ADA), {
      ...before.grant,
      refreshToken: seal('new 0'),
    });
    assert.deepEqual(await store.consents.get(ticket('a')), {
      ...before.consent,
      verifier: seal('new 0'),
      nonce: seal('new 1'),
    });
    assert.deepEqual(await store.administration.findRequest(request('a')), before.request);
    await store.consents.complete(ticket('a'), aGrant(), NOW);
    assert.deepEqual((await claimed(store, 'a')).waited, aWait({ payload: seal('new 0') }));
  });

  test('what has changed or gone meanwhile is left alone', async (t) => {
    const { store, another } = await open(t);
    const other = await another();
    await consent(store);
    await store.consents.open(aConsent());
    const [stale] = await listed(store, 'grants');
    assert.ok(stale);
    const renewed = aGrant({ refreshToken: seal('renewed') });
    await other.consents.complete(ticket('a'), renewed, NOW + 1);

    const values = [seal('the old one, sealed anew')];
    assert.equal(await store.administration.reseal(stale, values), false);
    assert.equal((await store.grants.get(ADA))?.refreshToken, seal('renewed'));
    await store.forgetPerson(ADA, NOW);
    assert.equal(await store.administration.reseal(stale, values), false);
    assert.equal(await store.grants.get(ADA), undefined);
  });

  test('a lease stands while what is kept is sealed anew', async (t) => {
    const { store, another } = await open(t);
    const other = await another();
    await parked(store, 'a');
    await consent(store);
    const { lease } = await claimed(store, 'a');
    const [record] = await listed(other, 'requests');
    assert.ok(record);
    assert.equal(await other.administration.reseal(record, [seal('new')]), true);
    assert.equal(await store.requests.release(lease, { failed: false, now: NOW }), true);
    assert.equal((await claimed(store, 'a')).waited?.payload, seal('new'));
  });
}
