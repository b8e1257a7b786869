import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minutes } from '../../../../src/lib/clock.ts';
import type { Store } from '../../../../src/lib/store/store.ts';
import {
  ADA,
  aWait,
  claimed,
  consent,
  NOW,
  type OpenFixture,
  parking,
  request,
  takeDue,
} from './fixture.ts';

/** Requests that became due one after another, a millisecond apart: consent has come before each was parked. */
async function dueInOrder(store: Store, names: readonly string[]): Promise<void> {
  await consent(store);
  for (const [index, name] of names.entries()) {
    const { lease } = await claimed(store, name);
    await store.requests.park(lease, aWait({ user: ADA }), parking({ now: NOW + index }));
  }
}

export function dueContract(open: OpenFixture): void {
  test('due requests come oldest first, and no more than asked for', async (t) => {
    const { store } = await open(t);
    await dueInOrder(store, ['1', '2', '3', '4', '5']);
    const later = NOW + 10;
    assert.deepEqual(await takeDue(store, later, 2), [request('1'), request('2')]);
    assert.deepEqual(await takeDue(store, later, 2), [request('3'), request('4')]);
    assert.deepEqual(await takeDue(store, later, 2), [request('5')]);
    assert.deepEqual(await takeDue(store, later, 2), []);
  });

  test('a request is not due before its time', async (t) => {
    const { store } = await open(t);
    await dueInOrder(store, ['1', '2']);
    assert.deepEqual(await takeDue(store, NOW), [request('1')]);
  });

  test('a request that was taken comes again when nobody has claimed it', async (t) => {
    const { store } = await open(t);
    await dueInOrder(store, ['1']);
    assert.deepEqual(await takeDue(store, NOW), [request('1')]);
    assert.deepEqual(await takeDue(store, NOW + minutes(1) - 1), []);
    assert.deepEqual(await takeDue(store, NOW + minutes(1)), [request('1')]);
  });

  test('a request that is claimed is not due, nor when it was handed back', async (t) => {
    const { store } = await open(t);
    await dueInOrder(store, ['1']);
    const { lease } = await claimed(store, '1');
    assert.deepEqual(await takeDue(store, NOW), []);
    await store.requests.release(lease, { failed: false, now: NOW });
    assert.deepEqual(await takeDue(store, NOW + minutes(2)), []);
  });

  test('a request may be claimed while it is hidden', async (t) => {
    const { store } = await open(t);
    await dueInOrder(store, ['1']);
    await takeDue(store);
    assert.deepEqual((await claimed(store, '1')).waited, aWait());
  });

  test('two relays never get the same request', async (t) => {
    const { store, another } = await open(t);
    const other = await another();
    const names = ['1', '2', '3', '4', '5', '6'];
    await dueInOrder(store, names);
    const later = NOW + 10;
    const concurrent = await Promise.all([takeDue(store, later), takeDue(other, later)]);
    const taken = [...concurrent.flat(), ...(await takeDue(store, later))];
    assert.deepEqual(taken.sort(), names.map(request).sort());
  });

  test('expired requests do not stand in the way of others', async (t) => {
    const { store } = await open(t);
    await consent(store);
    for (const name of ['old 1', 'old 2', 'old 3']) {
      const { lease } = await claimed(store, name);
      await store.requests.park(lease, aWait(), parking({ expiresAt: NOW + 1 }));
    }
    const { lease } = await claimed(store, 'young');
    await store.requests.park(lease, aWait(), parking({ now: NOW + 1 }));

    const rounds = [];
    for (let round = 0; round < 3; round++) rounds.push(...(await takeDue(store, NOW + 1, 2)));
    assert.deepEqual(rounds, [request('young')]);
  });
}
