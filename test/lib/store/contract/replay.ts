import assert from 'node:assert/strict';
import { test } from 'node:test';
import { days } from '../../../../src/lib/clock.ts';
import type { Store, WaitingRequest } from '../../../../src/lib/store/store.ts';
import {
  ADA,
  AT,
  aWait,
  claimed,
  claiming,
  consent,
  LEASE_MS,
  NOW,
  type OpenFixture,
  parked,
  request,
  scheduled,
  statusOf,
  takeDue,
} from './fixture.ts';

async function givenUp(store: Store, name: string, keep?: WaitingRequest): Promise<void> {
  const { lease } = await claimed(store, name);
  await store.requests.release(lease, { failed: true, now: NOW });
  const { lease: second } = await claimed(store, name);
  const kept = keep === undefined ? {} : { keep };
  await store.requests.complete(second, { outcome: 'failed', now: NOW, ...kept });
}

export function replayContract(open: OpenFixture): void {
  const replay = (store: Store, name: string, now = NOW) =>
    store.administration.replay(request(name), now);
  const forget = (store: Store, name: string, now = NOW) =>
    store.administration.forget(request(name), now);

  test('what was given up is due again, from the beginning', async (t) => {
    const { store } = await open(t);
    await givenUp(store, 'a', aWait());
    assert.equal(await replay(store, 'a'), 'due');
    assert.deepEqual(await takeDue(store), [request('a')]);
    const claim = await claimed(store, 'a');
    assert.equal(claim.failures, 0);
    assert.deepEqual(claim.waited, { ...aWait(), replayed: true });
    await store.requests.complete(claim.lease, { outcome: 'answered', now: NOW });
    assert.equal(await replay(store, 'a'), 'ended');
  });

  test('a plan that was given up is due as the plan that it is', async (t) => {
    const { store } = await open(t);
    await givenUp(store, 'a', aWait({ scheduledFor: NOW - 5 }));
    assert.equal(await replay(store, 'a'), 'due');
    assert.equal((await claimed(store, 'a')).waited?.scheduledFor, NOW - 5);
  });

  test('of many who replay a request, one makes it due', async (t) => {
    const { store, another } = await open(t);
    const other = await another();
    await givenUp(store, 'a', aWait());
    const answers = await Promise.all([
      replay(store, 'a'),
      replay(other, 'a'),
      replay(store, 'a'),
      replay(other, 'a'),
    ]);
    assert.deepEqual(answers.toSorted(), ['due', 'due-already', 'due-already', 'due-already']);
    assert.deepEqual(await takeDue(store), [request('a')]);
  });

  test('what a replay makes due has a day at least before it expires', async (t) => {
    const { store } = await open(t);
    await givenUp(store, 'a', aWait());
    const late = claiming().expiresAt - 1;
    assert.equal(await replay(store, 'a', late), 'due');
    assert.equal(await statusOf(store, 'a', late + days(1) - 1), 'claimed');
    assert.equal(await replay(store, 'b', late), 'unknown');
  });

  test('what waited and was handed back, or left by a dead worker, is due again', async (t) => {
    const { store } = await open(t);
    for (const name of ['released', 'crashed']) await parked(store, name);
    await consent(store);
    const { lease } = await claimed(store, 'released');
    await store.requests.release(lease, { failed: true, now: NOW });
    await claimed(store, 'crashed');
    assert.equal(await replay(store, 'crashed'), 'in-progress');

    const later = NOW + LEASE_MS;
    for (const name of ['released', 'crashed']) {
      assert.equal(await replay(store, name, later), 'due');
      const claim = await claimed(store, name, later);
      assert.deepEqual(claim.waited, aWait());
      assert.equal(claim.failures, 0);
    }
    assert.equal(await store.requests.complete(lease, { outcome: 'answered', now: later }), false);
  });

  test('nothing else is made due', async (t) => {
    const { store } = await open(t);
    await parked(store, 'waiting');
    await scheduled(store, 'scheduled');
    await givenUp(store, 'nothing kept');
    await store.requests.release((await claimed(store, 'new')).lease, { failed: true, now: NOW });
    await givenUp(store, 'expired', aWait());

    assert.equal(await replay(store, 'waiting'), 'awaits-consent');
    assert.equal(await replay(store, 'scheduled'), 'scheduled');
    assert.equal(await replay(store, 'nothing kept'), 'nothing-kept');
    assert.equal(await replay(store, 'new'), 'nothing-kept');
    assert.equal(await replay(store, 'expired', claiming().expiresAt), 'unknown');
    assert.equal(await replay(store, 'nowhere'), 'unknown');
    assert.deepEqual(await takeDue(store), []);
  });

  test('what is forgotten is not carried out, and nothing of it is left', async (t) => {
    const { store } = await open(t);
    await parked(store, 'waiting');
    await scheduled(store, 'scheduled');
    await givenUp(store, 'kept', aWait());
    for (const name of ['waiting', 'scheduled', 'kept']) {
      assert.equal(await forget(store, name), 'forgotten');
      assert.equal(await statusOf(store, name), 'done');
      const entry = await store.administration.findRequest(request(name));
      assert.deepEqual([entry?.outcome, entry?.kept], ['forgotten', undefined]);
      assert.equal(await forget(store, name), 'nothing-kept');
    }
    await consent(store, ADA);
    assert.deepEqual(await takeDue(store, AT), []);
    assert.equal(await replay(store, 'kept'), 'ended');
  });

  test('what somebody works on is not forgotten', async (t) => {
    const { store } = await open(t);
    await claimed(store, 'a');
    assert.equal(await forget(store, 'a'), 'in-progress');
    assert.equal(await forget(store, 'a', NOW + LEASE_MS), 'forgotten');
    assert.equal(await forget(store, 'nowhere'), 'unknown');
  });
}
