import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hours } from '../../../../src/lib/clock.ts';
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
  parking,
  ROOM,
  request,
  seal,
  statusOf,
  takeDue,
} from './fixture.ts';

export function parkingContract(open: OpenFixture): void {
  test('a parked request waits while its person has not consented', async (t) => {
    const { store } = await open(t);
    await parked(store, 'a');
    assert.equal(await statusOf(store, 'a', NOW + hours(1)), 'waiting');
    assert.deepEqual(await takeDue(store, NOW + hours(1)), []);
  });

  test('a parked request waits while the grant is the one that did not suffice', async (t) => {
    const { store } = await open(t);
    const seenGrantVersion = await consent(store);
    const { lease } = await claimed(store, 'a');
    assert.equal(await store.requests.park(lease, aWait(), parking({ seenGrantVersion })), true);
    assert.equal(await statusOf(store, 'a'), 'waiting');
  });

  test('a parked request is claimed with what was kept, once its person has consented', async (t) => {
    const { store } = await open(t);
    await parked(store, 'a');
    await consent(store);
    assert.deepEqual(await takeDue(store), [request('a')]);
    const { waited, failures } = await claimed(store, 'a');
    assert.deepEqual(waited, aWait());
    assert.equal(failures, 0);
  });

  test('a request may be parked again, with something else', async (t) => {
    const { store } = await open(t);
    await parked(store, 'a');
    const seenGrantVersion = await consent(store);
    const { lease } = await claimed(store, 'a');
    const again = aWait({ payload: seal('another'), prompt: undefined });
    await store.requests.park(lease, again, parking({ seenGrantVersion }));
    assert.equal(await statusOf(store, 'a'), 'waiting');
    await consent(store, ADA, NOW + 1);
    const { payload, prompt } = (await claimed(store, 'a', NOW + 1)).waited ?? {};
    assert.deepEqual({ payload, prompt }, { payload: seal('another'), prompt: undefined });
  });

  const grantChanges: Record<string, (store: Parameters<typeof consent>[0]) => Promise<number>> = {
    'there was none': async (store) => {
      await consent(store);
      return 0;
    },
    'it was replaced': async (store) => {
      const seen = await consent(store);
      await consent(store, ADA, NOW + 1);
      return seen;
    },
    'it was deleted and given anew': async (store) => {
      const seen = await consent(store);
      await store.grants.delete(ADA, seen);
      await consent(store, ADA, NOW + 1);
      return seen;
    },
    'it was deleted': async (store) => {
      const seen = await consent(store);
      await store.grants.delete(ADA, seen);
      return seen;
    },
  };
  for (const [how, change] of Object.entries(grantChanges)) {
    test(`a request is due at once if the grant has changed meanwhile: ${how}`, async (t) => {
      const { store } = await open(t);
      const { lease } = await claimed(store, 'a');
      const seenGrantVersion = await change(store);
      assert.equal(await store.requests.park(lease, aWait(), parking({ seenGrantVersion })), true);
      assert.deepEqual(await takeDue(store), [request('a')]);
      assert.deepEqual((await claimed(store, 'a')).waited, aWait());
    });
  }

  test('a consent that comes while a request is being parked is not missed', async (t) => {
    const { store, another } = await open(t);
    const other = await another();
    const { lease } = await claimed(store, 'a');
    await store.consents.open(aConsent());
    await Promise.all([
      store.requests.park(lease, aWait(), parking()),
      other.consents.complete(aConsent().ticketHash, aGrant(), NOW),
    ]);
    assert.deepEqual(await takeDue(store), [request('a')]);
  });

  test('a parked request that has expired counts as absent', async (t) => {
    const { store } = await open(t);
    await parked(store, 'a');
    const later = NOW + hours(24);
    assert.equal(await statusOf(store, 'a', later - 1), 'waiting');
    assert.equal(await statusOf(store, 'a', later), 'unknown');
    assert.equal((await claimed(store, 'a', later)).waited, undefined);
  });

  test('a request whose hour had passed before the consent is not carried out', async (t) => {
    const { store } = await open(t);
    await parked(store, 'a');
    const later = NOW + hours(24);
    await consent(store, ADA, later);
    assert.deepEqual(await takeDue(store, later), []);
    assert.equal(await statusOf(store, 'a', later), 'unknown');
  });

  test('a consent makes the requests of its person due, and of nobody else', async (t) => {
    const { store } = await open(t);
    for (const [index, name] of ['a1', 'a2', 'a3'].entries()) {
      const { lease } = await claimed(store, name);
      await store.requests.park(lease, aWait(), parking({ now: NOW + index }));
    }
    await parked(store, 'b', aWait({ user: BOB }));
    await consent(store, ADA, NOW + 10);
    const due = await store.requests.takeDue({ now: NOW + 10, hideUntil: NOW + 20, limit: 10 });
    const waitedLongestFirst = ['a1', 'a2', 'a3'].map((name) => ({
      id: request(name),
      space: ROOM,
    }));
    assert.deepEqual(due, waitedLongestFirst);
    assert.equal(await statusOf(store, 'b'), 'waiting');
  });
}
