import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Store } from '../../../../src/lib/store/store.ts';
import {
  ADA,
  AT,
  aWait,
  BOB,
  claimed,
  listed,
  NOW,
  type OpenFixture,
  parked,
  request,
  scheduled,
  statusOf,
  takeDue,
} from './fixture.ts';

const cancel = (store: Store, name: string, { user = ADA, now = NOW } = {}) =>
  store.requests.cancel(request(name), user, now);

export function cancellingContract(open: OpenFixture): void {
  test('a cancelled request is done, and never carried out', async (t) => {
    const { store } = await open(t);
    await scheduled(store, 'a');
    await scheduled(store, 'b');
    assert.equal(await cancel(store, 'a'), 'cancelled');
    assert.equal(await statusOf(store, 'a'), 'done');
    assert.deepEqual(await listed(store), [request('b')]);
    assert.deepEqual(await takeDue(store, AT), [request('b')]);
    assert.equal(await cancel(store, 'a'), 'cancelled-before');
  });

  test('a request whose hour has come is cancelled as long as no relay has taken it', async (t) => {
    const { store } = await open(t);
    await scheduled(store, 'a');
    assert.equal(await cancel(store, 'a', { now: AT + 1 }), 'cancelled');
    assert.deepEqual(await takeDue(store, AT + 1), []);
  });

  test('nobody cancels what another person has scheduled', async (t) => {
    const { store } = await open(t);
    await scheduled(store, 'a');
    assert.equal(await cancel(store, 'a', { user: BOB }), 'unknown');
    assert.deepEqual(await listed(store), [request('a')]);
    assert.deepEqual(await takeDue(store, AT), [request('a')]);
  });

  test('what is not scheduled is not cancelled', async (t) => {
    const { store } = await open(t);
    const { lease } = await claimed(store, 'ended');
    await store.requests.complete(lease, { outcome: 'failed', now: NOW, keep: aWait() });
    await claimed(store, 'running');
    await parked(store, 'waiting');
    await scheduled(store, 'taken', { at: NOW });
    await takeDue(store);
    await scheduled(store, 'claimed', { at: NOW + 1 });
    await takeDue(store, NOW + 1);
    await claimed(store, 'claimed');

    for (const name of ['ended', 'waiting', 'taken', 'claimed', 'absent']) {
      assert.equal(await cancel(store, name), 'unknown', name);
    }
    assert.equal(await cancel(store, 'running'), 'not-yet');

    const statuses = { ended: 'done', running: 'busy', waiting: 'waiting', absent: 'unknown' };
    for (const [name, status] of Object.entries({ ...statuses, claimed: 'busy' })) {
      assert.equal(await statusOf(store, name), status, name);
    }
    assert.deepEqual((await claimed(store, 'taken')).waited, aWait({ scheduledFor: NOW }));
  });

  test('of a cancellation and a relay at the same moment exactly one gets the request', async (t) => {
    const { store, another } = await open(t);
    const other = await another();
    const names = ['1', '2', '3', '4', '5', '6'];
    for (const name of names) await scheduled(store, name);

    const [answers, concurrent] = await Promise.all([
      Promise.all(names.map((name) => cancel(store, name, { now: AT }))),
      takeDue(other, AT),
    ]);

    const taken = [...concurrent, ...(await takeDue(other, AT))];
    const left = names.filter((_, index) => answers[index] === 'unknown').map(request);
    assert.deepEqual(taken.sort(), left.sort());
  });

  test('of two cancellations at the same moment exactly one succeeds', async (t) => {
    const { store, another } = await open(t);
    const other = await another();
    await scheduled(store, 'a');
    const answers = await Promise.all([cancel(store, 'a'), cancel(other, 'a')]);
    assert.deepEqual(answers.sort(), ['cancelled', 'cancelled-before']);
  });
}
