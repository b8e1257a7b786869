import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hours, minutes } from '../../../../src/lib/clock.ts';
import { traceparent } from '../../../../src/lib/telemetry/traceparent.ts';
import {
  AT,
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
  scheduled,
  takeDue,
  ticket,
} from './fixture.ts';

const TRACE = traceparent.parse('00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01');
const LONG_AGO = { waitingFrom: NOW - hours(24) };

/** What whoever watches gets to know. */
export function watchingContract(open: OpenFixture): void {
  test('where a request’s trace began is kept while it waits, and comes with it when it is due', async (t) => {
    const { store } = await open(t);
    await parked(store, 'a', aWait({ traceparent: TRACE }));
    await parked(store, 'b');
    await consent(store);
    const due = await store.requests.takeDue({ now: NOW, hideUntil: NOW + 1, limit: 9 });
    assert.deepEqual(new Set(due.map((one) => one.traceparent)), new Set([TRACE, undefined]));
    assert.equal((await claimed(store, 'a')).waited?.traceparent, TRACE);
    assert.equal((await claimed(store, 'b')).waited?.traceparent, undefined);
  });

  test('a consent knows the trace of the request that made us ask', async (t) => {
    const { store } = await open(t);
    await store.consents.open(aConsent({ traceparent: TRACE }));
    assert.equal((await store.consents.get(ticket('a')))?.traceparent, TRACE);
    await store.consents.complete(ticket('a'), aGrant(), NOW);
    const other = aConsent({ ticketHash: ticket('b'), user: BOB });
    await store.consents.open(other);
    assert.equal((await store.consents.get(ticket('b')))?.traceparent, undefined);
  });

  test('the oldest of an empty ledger is none', async (t) => {
    const { store } = await open(t);
    assert.deepEqual(present(await store.requests.oldest({ now: NOW, ...LONG_AGO })), {});
  });

  test('it tells since when the oldest waits, and since when one is due', async (t) => {
    const { store } = await open(t);
    for (const [name, now] of [
      ['younger', NOW],
      ['older', NOW - minutes(3)],
      ['expired', NOW - hours(25)],
    ] as const) {
      const { lease } = await claimed(store, name);
      await store.requests.park(lease, aWait({ user: BOB }), parking({ now }));
    }
    await scheduled(store, 'hour');
    const before = await store.requests.oldest({ now: NOW, ...LONG_AGO });
    assert.deepEqual(present(before), { waiting: NOW - minutes(3) });
    const after = await store.requests.oldest({ now: AT + 1, ...LONG_AGO });
    assert.deepEqual(present(after), { waiting: NOW - minutes(3), due: AT });
    await takeDue(store, AT);
    const taken = await store.requests.oldest({ now: AT + 1, ...LONG_AGO });
    assert.deepEqual(present(taken), { waiting: NOW - minutes(3) });
  });
}

function present(times: { waiting?: number | undefined; due?: number | undefined }) {
  return Object.fromEntries(Object.entries(times).filter(([, time]) => time !== undefined));
}
