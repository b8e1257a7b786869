import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hours, minutes } from '../../../../src/lib/clock.ts';
import { traceparent } from '../../../../src/lib/telemetry/traceparent.ts';
import {
  ADA,
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
    assert.deepEqual(await store.requests.oldest({ now: NOW, ...LONG_AGO }), {});
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
    assert.deepEqual(before, { waiting: NOW - minutes(3) });
    const after = await store.requests.oldest({ now: AT + 1, ...LONG_AGO });
    assert.deepEqual(after, { waiting: NOW - minutes(3), due: AT });
    await takeDue(store, AT);
    const taken = await store.requests.oldest({ now: AT + hours(1), ...LONG_AGO });
    assert.deepEqual(taken, { waiting: NOW - minutes(3), due: AT }, 'though a relay has hidden it');
    await claimed(store, 'hour', AT + hours(1));
    const begun = await store.requests.oldest({ now: AT + hours(1), ...LONG_AGO });
    assert.equal(begun.due, undefined);
  });

  test('what waited for a consent is due since that came', async (t) => {
    const { store } = await open(t);
    await parked(store, 'a');
    const later = NOW + hours(2);
    await consent(store, ADA, later);
    const due = await store.requests.oldest({ now: later + 5, ...LONG_AGO });
    assert.deepEqual(due, { due: later });
    await takeDue(store, later);
    assert.deepEqual(await store.requests.oldest({ now: later + 5, ...LONG_AGO }), due);
  });

  test('what nobody works on any more isn’t due: forgotten, or ended', async (t) => {
    const { store } = await open(t);
    await parked(store, 'a');
    await consent(store);
    await takeDue(store);
    await store.forgetPerson(ADA, NOW);
    assert.deepEqual(await store.requests.oldest({ now: NOW, ...LONG_AGO }), {});
  });
}
