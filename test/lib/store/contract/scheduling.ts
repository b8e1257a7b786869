import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hours, minutes } from '../../../../src/lib/clock.ts';
import {
  ADA,
  AT,
  aWait,
  BOB,
  claimed,
  consent,
  LEASE_MS,
  listed,
  NOW,
  type OpenFixture,
  parked,
  parking,
  request,
  scheduled,
  seal,
  statusOf,
  takeDue,
} from './fixture.ts';

const WHEN_EXPIRED = AT + hours(200);

export function schedulingContract(open: OpenFixture): void {
  test('a scheduled request is due at its hour, and not a millisecond before', async (t) => {
    const { store } = await open(t);
    await scheduled(store, 'a');
    assert.deepEqual(await takeDue(store, AT - 1), []);
    assert.deepEqual(await takeDue(store, AT), [request('a')]);
    assert.deepEqual((await claimed(store, 'a', AT)).waited, aWait({ scheduledFor: AT }));
  });

  test('a scheduled request is nobody’s until a relay has taken it, also when its hour has come', async (t) => {
    const { store } = await open(t);
    await scheduled(store, 'a');
    assert.equal(await statusOf(store, 'a', AT - 1), 'waiting');
    assert.equal(await statusOf(store, 'a', AT + hours(1)), 'waiting');
    assert.deepEqual(await takeDue(store, AT + hours(1)), [request('a')]);
    assert.equal(await statusOf(store, 'a', AT + hours(1)), 'claimed');
  });

  test('a late worker does not schedule what another has taken over', async (t) => {
    const { store } = await open(t);
    const { lease: late } = await claimed(store, 'a');
    const { lease: current } = await claimed(store, 'a', NOW + LEASE_MS);
    const when = { at: AT, expiresAt: WHEN_EXPIRED };
    assert.equal(await store.requests.schedule(late, aWait(), when), false);
    assert.deepEqual(await listed(store), []);
    assert.equal(await store.requests.schedule(current, aWait(), when), true);
    assert.equal(await store.requests.schedule(current, aWait(), when), false);
    assert.deepEqual(await listed(store), [request('a')]);
  });

  test('a scheduled request that was taken comes again when nobody has claimed it, with its hour', async (t) => {
    const { store } = await open(t);
    await scheduled(store, 'a');
    assert.deepEqual(await takeDue(store, AT), [request('a')]);
    assert.deepEqual(await takeDue(store, AT + minutes(1) - 1), []);
    assert.deepEqual(await takeDue(store, AT + minutes(1)), [request('a')]);
    const { waited } = await claimed(store, 'a', AT + minutes(1));
    assert.equal(waited?.scheduledFor, AT);
  });

  test('two relays never get the same scheduled request', async (t) => {
    const { store, another } = await open(t);
    const other = await another();
    const names = ['1', '2', '3', '4', '5', '6'];
    for (const name of names) await scheduled(store, name);
    const concurrent = await Promise.all([takeDue(store, AT), takeDue(other, AT)]);
    const taken = [...concurrent.flat(), ...(await takeDue(store, AT))];
    assert.deepEqual(taken.sort(), names.map(request).sort());
  });

  test('scheduled requests and others that are due come in the order of their times', async (t) => {
    const { store } = await open(t);
    await scheduled(store, 'third', { at: NOW + 3 });
    await scheduled(store, 'first', { at: NOW + 1 });
    const { lease } = await claimed(store, 'second');
    await store.requests.park(lease, aWait(), parking({ seenGrantVersion: 1, now: NOW + 2 }));
    const names = ['first', 'second', 'third'];
    assert.deepEqual(await takeDue(store, NOW + 3), names.map(request));
  });

  test('the hour stays with a request that is handed back, dies, or awaits a consent', async (t) => {
    const { store } = await open(t);
    await scheduled(store, 'a');
    await takeDue(store, AT);

    const first = await claimed(store, 'a', AT);
    await store.requests.release(first.lease, { failed: true, now: AT });
    const second = await claimed(store, 'a', AT);
    assert.equal(second.waited?.scheduledFor, AT);
    const later = AT + LEASE_MS;
    const third = await claimed(store, 'a', later);
    assert.equal(third.waited?.scheduledFor, AT);
    assert.equal(third.failures, 2);

    const expiresAt = later + hours(24);
    await store.requests.park(third.lease, third.waited, parking({ now: later, expiresAt }));
    assert.deepEqual(await listed(store, ADA, later), []);
    await consent(store, ADA, later);
    assert.equal((await claimed(store, 'a', later)).waited?.scheduledFor, AT);
  });

  test('a request whose hour has come may be scheduled for another one', async (t) => {
    const { store } = await open(t);
    await scheduled(store, 'a');
    await takeDue(store, AT);
    const { lease, waited } = await claimed(store, 'a', AT);
    assert.ok(waited);
    const at = AT + hours(1);
    await store.requests.schedule(lease, waited, { at, expiresAt: WHEN_EXPIRED });
    assert.deepEqual(await takeDue(store, at - 1), []);
    assert.deepEqual(await takeDue(store, at), [request('a')]);
    assert.equal((await claimed(store, 'a', at)).waited?.scheduledFor, at);
  });

  test('a consent does not hasten what is scheduled', async (t) => {
    const { store } = await open(t);
    await scheduled(store, 'a');
    await consent(store);
    assert.deepEqual(await takeDue(store), []);
    assert.deepEqual(await listed(store), [request('a')]);
  });

  test('a scheduled request that has expired counts as absent', async (t) => {
    const { store } = await open(t);
    await scheduled(store, 'a');
    assert.equal(await statusOf(store, 'a', WHEN_EXPIRED - 1), 'waiting');
    assert.deepEqual(await listed(store, ADA, WHEN_EXPIRED - 1), [request('a')]);
    assert.deepEqual(await listed(store, ADA, WHEN_EXPIRED), []);
    assert.equal(await store.requests.cancel(request('a'), ADA, WHEN_EXPIRED), 'unknown');
    assert.equal(await statusOf(store, 'a', WHEN_EXPIRED), 'unknown');
    assert.deepEqual(await takeDue(store, WHEN_EXPIRED), []);
  });

  test('what is scheduled is listed for its person, the earliest first, as it was kept', async (t) => {
    const { store } = await open(t);
    await scheduled(store, 'third', { at: AT + 3 });
    await scheduled(store, 'first', { at: AT + 1 });
    await scheduled(store, 'second', { at: AT + 2, waiting: aWait({ payload: seal('second') }) });
    await scheduled(store, 'Bob’s', { waiting: aWait({ user: BOB }) });
    await parked(store, 'waiting');

    const upcoming = await store.requests.listScheduled(ADA, { now: NOW, limit: 2 });
    assert.deepEqual(upcoming, [
      { id: request('first'), at: AT + 1, waiting: aWait({ scheduledFor: AT + 1 }) },
      {
        id: request('second'),
        at: AT + 2,
        waiting: aWait({ scheduledFor: AT + 2, payload: seal('second') }),
      },
    ]);
  });

  test('what a relay has taken is not listed any more', async (t) => {
    const { store } = await open(t);
    await scheduled(store, 'a');
    assert.deepEqual(await listed(store, ADA, AT), [request('a')]);
    await takeDue(store, AT);
    assert.deepEqual(await listed(store, ADA, AT), []);
  });
}
