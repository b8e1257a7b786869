import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hours } from '../../../../src/lib/clock.ts';
import {
  aWait,
  claimed,
  claiming,
  consent,
  LEASE_MS,
  NOW,
  type OpenFixture,
  parked,
  parking,
  request,
  statusOf,
} from './fixture.ts';

const WHEN_LEASE_RAN_OUT = NOW + LEASE_MS;
const WHEN_EXPIRED = NOW + hours(200);

export function ledgerContract(open: OpenFixture): void {
  test('a new request is claimed, without failures', async (t) => {
    const { store } = await open(t);
    const claim = await store.requests.claim(request('a'), claiming());
    assert.equal(claim.status, 'claimed');
    assert.deepEqual(claim, {
      status: 'claimed',
      lease: { requestId: request('a'), token: claim.lease.token, until: NOW + LEASE_MS },
      failures: 0,
    });
  });

  test('a request that must exist is not recorded', async (t) => {
    const { store } = await open(t);
    assert.equal(await statusOf(store, 'a'), 'unknown');
    assert.equal(await statusOf(store, 'a'), 'unknown');
  });

  test('a request that somebody works on is busy until their lease ends', async (t) => {
    const { store } = await open(t);
    await claimed(store, 'a');
    const claim = await store.requests.claim(
      request('a'),
      claiming({ now: WHEN_LEASE_RAN_OUT - 1 }),
    );
    assert.deepEqual(claim, { status: 'busy', until: WHEN_LEASE_RAN_OUT });
  });

  test('of concurrent claims by two processes exactly one gets the request', async (t) => {
    const { store, another } = await open(t);
    const other = await another();
    const claims = await Promise.all(
      [store, other, store, other, store, other].map((handle) =>
        handle.requests.claim(request('a'), claiming()),
      ),
    );
    const statuses = claims.map(({ status }) => status).sort();
    assert.deepEqual(statuses, ['busy', 'busy', 'busy', 'busy', 'busy', 'claimed']);
  });

  test('a request whose lease ran out is claimed with one more failure', async (t) => {
    const { store } = await open(t);
    const first = await claimed(store, 'a');
    const second = await claimed(store, 'a', WHEN_LEASE_RAN_OUT);
    assert.equal(second.failures, 1);
    assert.notEqual(second.lease.token, first.lease.token);
    assert.equal((await claimed(store, 'a', WHEN_LEASE_RAN_OUT + LEASE_MS)).failures, 2);
  });

  test('of concurrent take-overs of a dead lease exactly one succeeds', async (t) => {
    const { store, another } = await open(t);
    await claimed(store, 'a');
    const claims = await Promise.all(
      [store, await another(), store].map((handle) =>
        handle.requests.claim(request('a'), claiming({ now: WHEN_LEASE_RAN_OUT })),
      ),
    );
    assert.deepEqual(claims.map(({ status }) => status).sort(), ['busy', 'busy', 'claimed']);
  });

  test('a late worker neither completes nor parks nor releases what another has taken over', async (t) => {
    const { store } = await open(t);
    const { lease: late } = await claimed(store, 'a');
    const { lease: current } = await claimed(store, 'a', WHEN_LEASE_RAN_OUT);
    const now = WHEN_LEASE_RAN_OUT;

    assert.equal(await store.requests.complete(late, { outcome: 'answered', now }), false);
    assert.equal(await store.requests.park(late, aWait(), parking({ now })), false);
    assert.equal(await store.requests.release(late, { failed: true, now }), false);

    assert.equal(await statusOf(store, 'a', now), 'busy');
    assert.equal(await store.requests.complete(current, { outcome: 'answered', now }), true);
  });

  test('a worker whose lease ran out may still complete what nobody has taken over', async (t) => {
    const { store } = await open(t);
    const { lease } = await claimed(store, 'a');
    const now = WHEN_LEASE_RAN_OUT;
    assert.equal(await store.requests.complete(lease, { outcome: 'answered', now }), true);
    assert.equal(await statusOf(store, 'a', now), 'done');
  });

  test('a lease ends with what it was used for', async (t) => {
    const { store } = await open(t);
    const { lease } = await claimed(store, 'a');
    await store.requests.release(lease, { failed: false, now: NOW });
    const end = { outcome: 'answered', now: NOW } as const;
    assert.equal(await store.requests.complete(lease, end), false);
    assert.equal(await store.requests.release(lease, { failed: true, now: NOW }), false);
  });

  test('a completed request is done until it expires, and then as good as new', async (t) => {
    const { store } = await open(t);
    const { lease } = await claimed(store, 'a');
    await store.requests.complete(lease, { outcome: 'answered', now: NOW });
    assert.equal(await statusOf(store, 'a', WHEN_EXPIRED - 1), 'done');
    assert.equal(await statusOf(store, 'a', WHEN_EXPIRED), 'unknown');
    assert.equal((await claimed(store, 'a', WHEN_EXPIRED)).failures, 0);
  });

  test('a released request is claimed at once; only a failure counts', async (t) => {
    const { store } = await open(t);
    const first = await claimed(store, 'a');
    assert.equal(await store.requests.release(first.lease, { failed: false, now: NOW }), true);
    const second = await claimed(store, 'a');
    assert.equal(second.failures, 0);
    assert.equal(await store.requests.release(second.lease, { failed: true, now: NOW }), true);
    const third = await claimed(store, 'a');
    assert.equal(third.failures, 1);
    assert.equal(third.waited, undefined);
  });

  test('what was kept is there for every claim, released or crashed, until the request ends', async (t) => {
    const { store } = await open(t);
    await parked(store, 'a');
    await consent(store);

    const first = await claimed(store, 'a');
    assert.deepEqual(first.waited, aWait());
    await store.requests.release(first.lease, { failed: true, now: NOW });
    const second = await claimed(store, 'a');
    assert.deepEqual(second.waited, aWait());
    const third = await claimed(store, 'a', WHEN_LEASE_RAN_OUT);
    assert.deepEqual(third.waited, aWait());
    assert.equal(third.failures, 2);

    await store.requests.complete(third.lease, { outcome: 'answered', now: WHEN_LEASE_RAN_OUT });
    assert.equal(await statusOf(store, 'a', WHEN_LEASE_RAN_OUT), 'done');
  });
}
