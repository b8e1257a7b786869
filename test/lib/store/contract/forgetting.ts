import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Store } from '../../../../src/lib/store/store.ts';
import {
  ADA,
  AT,
  aConsent,
  aGrant,
  aWait,
  BOB,
  claimed,
  consent,
  HALL,
  LEASE_MS,
  listed,
  NOW,
  type OpenFixture,
  parked,
  parking,
  request,
  scheduled,
  statusOf,
  takeDue,
  ticket,
} from './fixture.ts';

/** Ends a request and keeps it for a replay. */
async function kept(store: Store, name: string, waiting = aWait()): Promise<void> {
  const { lease } = await claimed(store, name);
  await store.requests.complete(lease, { outcome: 'failed', now: NOW, keep: waiting });
}

/** Parks a request of somebody who has consented in the meantime. */
async function due(store: Store, name: string, waiting = aWait()): Promise<void> {
  const { lease } = await claimed(store, name);
  await store.requests.park(lease, waiting, parking({ seenGrantVersion: 1 }));
}

export function forgettingContract(open: OpenFixture): void {
  test('a forgotten person has no grant and no consent in flight', async (t) => {
    const { store } = await open(t);
    await consent(store, ADA);
    await consent(store, BOB);
    await store.consents.open(aConsent());
    await store.consents.open(aConsent({ ticketHash: ticket('bob'), user: BOB }));

    await store.forgetPerson(ADA, NOW);

    assert.equal(await store.grants.get(ADA), undefined);
    assert.notEqual(await store.grants.get(BOB), undefined);
    assert.equal(await store.consents.complete(ticket('a'), aGrant(), NOW), 'unknown');
    assert.equal((await store.consents.get(ticket('bob')))?.status, 'pending');
  });

  test('a person whose grant is not the one that was meant is not forgotten', async (t) => {
    const { store } = await open(t);
    await parked(store, 'waiting');
    assert.equal(await store.forgetPerson(ADA, NOW, NOW), false);
    assert.equal(await statusOf(store, 'waiting'), 'waiting');

    const old = await consent(store, ADA, NOW);
    const current = await consent(store, ADA, NOW + 1);
    for (const version of [0, old]) {
      assert.equal(await store.forgetPerson(ADA, NOW + 1, version), false);
    }
    assert.equal((await store.grants.get(ADA))?.version, current);
    assert.equal(await store.forgetPerson(ADA, NOW + 1, current), true);
    assert.equal(await store.grants.get(ADA), undefined);
    assert.equal(await store.forgetPerson(ADA, NOW + 1, 0), true);
  });

  test('requests of a forgotten person that wait, are scheduled, due or were kept are done', async (t) => {
    const { store } = await open(t);
    await parked(store, 'waiting');
    await due(store, 'due');
    await scheduled(store, 'scheduled');
    await kept(store, 'kept');

    await store.forgetPerson(ADA, NOW);

    assert.deepEqual(await takeDue(store, AT), []);
    for (const name of ['waiting', 'due', 'scheduled', 'kept']) {
      assert.equal(await statusOf(store, name), 'done', name);
    }
    await consent(store, ADA, NOW + 1);
    assert.deepEqual(await takeDue(store, AT), []);
  });

  test('a request of a forgotten person that had been handed back, or whose worker died, is done', async (t) => {
    const { store } = await open(t);
    await due(store, 'released');
    await due(store, 'crashed');
    const { lease } = await claimed(store, 'released');
    await store.requests.release(lease, { failed: true, now: NOW });
    await claimed(store, 'crashed');

    await store.forgetPerson(ADA, NOW + LEASE_MS);

    assert.equal(await statusOf(store, 'released', NOW + LEASE_MS), 'done');
    assert.equal(await statusOf(store, 'crashed', NOW + LEASE_MS), 'done');
  });

  test('a request that somebody works on is left to its worker', async (t) => {
    const { store } = await open(t);
    await due(store, 'a');
    const { lease } = await claimed(store, 'a');

    await store.forgetPerson(ADA, NOW);

    assert.equal(await statusOf(store, 'a'), 'busy');
    assert.equal(await store.requests.complete(lease, { outcome: 'answered', now: NOW }), true);
  });

  test('what others wait for is left alone when a person is forgotten', async (t) => {
    const { store } = await open(t);
    await parked(store, 'a');
    await parked(store, 'waiting', aWait({ user: BOB }));
    await due(store, 'due', aWait({ user: BOB }));
    await scheduled(store, 'scheduled', { waiting: aWait({ user: BOB }) });
    await store.forgetPerson(ADA, NOW);
    assert.equal(await statusOf(store, 'waiting'), 'waiting');
    assert.deepEqual(await takeDue(store), [request('due')]);
    assert.deepEqual(await listed(store, BOB), [request('scheduled')]);
  });

  test('who was forgotten is forgotten for good, and may consent anew', async (t) => {
    const { store } = await open(t);
    await parked(store, 'old');
    await store.forgetPerson(ADA, NOW);
    await store.forgetPerson(ADA, NOW);
    await parked(store, 'new');
    await consent(store, ADA, NOW + 1);
    assert.deepEqual(await takeDue(store, NOW + 1), [request('new')]);
  });

  test('a space that the app has left takes its prompts and its requests along, but no grant', async (t) => {
    const { store } = await open(t);
    await consent(store, BOB);
    await store.consents.open(aConsent());
    await store.consents.open(
      aConsent({ ticketHash: ticket('hall'), requestId: request('hall'), space: HALL }),
    );
    await parked(store, 'room');
    await kept(store, 'kept', aWait({ user: BOB }));
    await parked(store, 'hall', aWait({ space: HALL }));
    await scheduled(store, 'scheduled in the room');
    await scheduled(store, 'scheduled in the hall', { waiting: aWait({ space: HALL }) });

    await store.forgetSpace(aConsent().space, NOW);

    assert.notEqual(await store.grants.get(BOB), undefined);
    assert.equal(await store.consents.complete(ticket('a'), aGrant(), NOW), 'unknown');
    assert.equal(await statusOf(store, 'room'), 'done');
    assert.equal(await statusOf(store, 'kept'), 'done');
    assert.equal(await statusOf(store, 'scheduled in the room'), 'done');
    assert.deepEqual(await listed(store), [request('scheduled in the hall')]);
    assert.equal(await statusOf(store, 'hall'), 'waiting');
    assert.equal(await store.consents.complete(ticket('hall'), aGrant(), NOW), 'completed');
    assert.deepEqual(await takeDue(store), [request('hall')]);
  });
}
