import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type UserName, userName } from '../../../../src/lib/names.ts';
import type { LedgerEntry, RequestFilter } from '../../../../src/lib/store/administration.ts';
import type { Grant, Store } from '../../../../src/lib/store/store.ts';
import {
  ADA,
  AT,
  aWait,
  BOB,
  claimed,
  claiming,
  consent,
  LEASE_MS,
  NOW,
  type OpenFixture,
  parked,
  parking,
  ROOM,
  request,
  scheduled,
  seal,
} from './fixture.ts';
import { everyPage } from './pages.ts';

/** Everybody who is connected. */
async function connected(store: Store): Promise<Grant[]> {
  return (await everyPage((page) => store.administration.listGrants(page))).records;
}

/** All requests of a kind. */
async function found(store: Store, which: RequestFilter): Promise<LedgerEntry[]> {
  return (await everyPage((page) => store.administration.listRequests(which, page))).records;
}

const kept = { user: ADA, space: ROOM, scheduledFor: undefined, keyId: 'test' };

export function listingContract(open: OpenFixture): void {
  test('grants are listed a page at a time, each person once', async (t) => {
    const { store } = await open(t);
    assert.deepEqual(await connected(store), []);
    const people: UserName[] = [ADA, BOB];
    for (const id of ['.', '__x__', '9', 'z@example.com', 'Z']) {
      people.push(userName.parse(`users/${id}`));
    }
    for (const user of people) await consent(store, user);

    const listed = await connected(store);
    assert.deepEqual(listed.map(({ user }) => user).toSorted(), people.toSorted());
    assert.deepEqual(
      listed.find(({ user }) => user === ADA),
      await store.grants.get(ADA),
    );
  });

  test('requests are listed by their state, or by how they ended, a page at a time', async (t) => {
    const { store } = await open(t);
    for (const name of ['1', '2', '3', '4', '5']) await parked(store, name);
    await scheduled(store, 'plan');
    await claimed(store, 'running');
    const end = { now: NOW, outcome: 'answered' } as const;
    await store.requests.complete((await claimed(store, 'answered')).lease, end);
    const failed = { now: NOW, outcome: 'failed', keep: aWait() } as const;
    await store.requests.complete((await claimed(store, 'failed')).lease, failed);

    const ids = async (which: RequestFilter) => (await found(store, which)).map(({ id }) => id);
    const waiting = ['1', '2', '3', '4', '5'].map(request);
    assert.deepEqual(await ids({ state: 'waiting' }), waiting.toSorted());
    assert.deepEqual(await ids({ state: 'scheduled' }), [request('plan')]);
    assert.deepEqual(await ids({ state: 'running' }), [request('running')]);
    assert.deepEqual(await ids({ state: 'released' }), []);
    assert.deepEqual(await ids({ outcome: 'answered' }), [request('answered')]);
    assert.deepEqual(await ids({ outcome: 'failed' }), [request('failed')]);
    const done = [request('answered'), request('failed')];
    assert.deepEqual(await ids({ state: 'done' }), done.toSorted());
  });

  test('of a request everything is told but what was written', async (t) => {
    const { store } = await open(t);
    const find = (name: string) => store.administration.findRequest(request(name));
    assert.equal(await find('nothing'), undefined);

    const waiting = aWait({ payload: seal('what was written') });
    await parked(store, 'a', waiting);
    const told = await find('a');
    assert.deepEqual(told, {
      id: request('a'),
      state: 'waiting',
      failures: 0,
      since: NOW,
      expiresAt: parking().expiresAt,
      kept,
    });
    assert.ok(!JSON.stringify(told).includes(waiting.payload));

    await scheduled(store, 'b');
    assert.deepEqual((await find('b'))?.kept, { ...kept, scheduledFor: AT });
    assert.equal((await find('b'))?.dueAt, AT);

    const { lease } = await claimed(store, 'c');
    assert.equal((await find('c'))?.leaseUntil, NOW + LEASE_MS);
    const end = { now: NOW + 7, outcome: 'failed' } as const;
    await store.requests.complete(lease, end);
    assert.deepEqual(await find('c'), {
      id: request('c'),
      state: 'done',
      outcome: 'failed',
      failures: 0,
      endedAt: NOW + 7,
      expiresAt: claiming().expiresAt,
    });
  });
}
