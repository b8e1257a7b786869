import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  cancel,
  claim,
  complete,
  forget,
  hide,
  holds,
  park,
  release,
  schedule,
  upcoming,
} from '../../../src/lib/store/ledger-rules.ts';
import type { RequestRecord, RunningRequest } from '../../../src/lib/store/records.ts';
import { ADA, AT, aWait, BOB, claiming, NOW, request } from './contract/fixture.ts';

const lease = { requestId: request('a'), token: 'token', until: NOW + 1000 };
const waited = aWait();
const planned = { ...waited, scheduledFor: AT };
const expiresAt = NOW + 5000;
const common = { failures: 2, expiresAt };

/** Somebody else's, and still good for a millisecond. */
const running: RunningRequest = {
  state: 'running',
  lease: { token: 'other', until: NOW + 1 },
  ...common,
};
const released: RequestRecord = { state: 'released', ...common };
const waiting: RequestRecord = { state: 'waiting', waited, since: NOW - 1, ...common };
const scheduled = { state: 'scheduled', waited: planned, dueAt: AT, ...common } as const;
const due: RequestRecord = { state: 'due', waited, dueAt: NOW, ...common };
const done: RequestRecord = { state: 'done', outcome: 'answered', ...common };
const cancelled: RequestRecord = { ...done, outcome: 'cancelled' };

/** The same, at the last moment of its life; and a moment later, when it counts no more. */
const expiring = <Kind extends RequestRecord>(record: Kind): Kind => ({
  ...record,
  expiresAt: NOW + 1,
});
const expired = <Kind extends RequestRecord>(record: Kind): Kind => ({ ...record, expiresAt: NOW });

describe('a claim', () => {
  const taken = (
    failures: number,
    history: { waited?: typeof waited } = {},
    how: { interrupted?: true } = {},
  ) => ({
    answer: { status: 'claimed', lease, failures, ...history, ...how },
    next: {
      state: 'running',
      lease: { token: lease.token, until: lease.until },
      failures,
      expiresAt: claiming().expiresAt,
      ...history,
    },
  });

  it('records a request that nobody knows, unless it has to be known', () => {
    assert.deepEqual(claim(undefined, lease, claiming()), taken(0));
    const unknown = { answer: { status: 'unknown' } };
    assert.deepEqual(claim(undefined, lease, claiming({ mustExist: true })), unknown);
  });

  it('takes what has expired for what nobody knows', () => {
    assert.deepEqual(claim(expired(done), lease, claiming()), taken(0));
    const unknown = { answer: { status: 'unknown' } };
    assert.deepEqual(claim(expired(due), lease, claiming({ mustExist: true })), unknown);
  });

  it('changes nothing of what is done or waits, not even at the last moment', () => {
    for (const [record, status] of [
      [done, 'done'],
      [expiring(done), 'done'],
      [waiting, 'waiting'],
      [scheduled, 'waiting'],
      [{ ...scheduled, dueAt: NOW - 1 }, 'waiting'],
    ] as const) {
      assert.deepEqual(claim(record, lease, claiming()), { answer: { status } });
    }
  });

  it('gets what is free, with its failures and what was kept', () => {
    assert.deepEqual(claim(released, lease, claiming()), taken(2));
    assert.deepEqual(claim({ ...released, waited }, lease, claiming()), taken(2, { waited }));
    assert.deepEqual(claim(due, lease, claiming()), taken(2, { waited }));
  });

  it('is told of another’s lease until it runs out, and then counts that as a failure, and tells of it', () => {
    const busy = { status: 'busy', until: running.lease.until };
    assert.deepEqual(claim(running, lease, claiming()), { answer: busy });
    const dead = { ...running, lease: { token: 'other', until: NOW } };
    const interrupted = { interrupted: true } as const;
    assert.deepEqual(claim(dead, lease, claiming()), taken(3, {}, interrupted));
    assert.deepEqual(
      claim({ ...dead, waited }, lease, claiming()),
      taken(3, { waited }, interrupted),
    );
  });

  it('gets the same lease when its answer was lost and the call is sent again', () => {
    const first = claim(undefined, lease, claiming());
    assert.deepEqual(claim(first.next, lease, claiming()), first);
    const mine = { ...running, waited, lease: { token: lease.token, until: NOW } };
    // Whether it told of an interruption is lost with it.
    assert.deepEqual(claim(mine, lease, claiming()), taken(2, { waited }, { interrupted: true }));
  });
});

describe('a lease', () => {
  it('stands while the request runs under its token', () => {
    const mine = { ...running, lease: { token: lease.token, until: NOW - 1 } };
    assert.equal(holds(lease, mine), true);
    for (const record of [undefined, running, released, due, done]) {
      assert.equal(holds(lease, record), false);
    }
  });
});

describe('what follows a running request', () => {
  it('completed: done, with what is kept for a replay, if anything', () => {
    const end = { state: 'done', outcome: 'failed', endedAt: NOW, ...common };
    assert.deepEqual(complete({ ...running, waited }, { outcome: 'failed', now: NOW }), end);
    const kept = { ...end, waited: planned };
    assert.deepEqual(complete(running, { outcome: 'failed', now: NOW, keep: planned }), kept);
  });

  it('parked: waits; or is due, if a grant came that the worker hasn’t seen', () => {
    const how = { seenGrantVersion: 7, now: NOW, expiresAt: AT };
    const parked = { waited, failures: 2, expiresAt: AT };
    assert.deepEqual(park(running, waited, { ...how, grantVersion: 7 }), {
      state: 'waiting',
      since: NOW,
      ...parked,
    });
    for (const grantVersion of [0, 8]) {
      const now = { state: 'due', dueAt: NOW, dueSince: NOW, ...parked };
      assert.deepEqual(park(running, waited, { ...how, grantVersion }), now);
    }
  });

  it('scheduled: due at its hour, which it keeps', () => {
    const plan = { ...scheduled, expiresAt: AT + 1 };
    assert.deepEqual(schedule(running, waited, { at: AT, expiresAt: AT + 1 }), plan);
  });

  it('released: free, with one more failure if it was one, and with what was kept', () => {
    assert.deepEqual(release(running, false), released);
    assert.deepEqual(release(running, true), { ...released, failures: 3 });
    assert.deepEqual(release({ ...running, waited }, false), { ...released, waited });
  });

  it('taken by a relay: due again when it was to be hidden until', () => {
    const taken = { state: 'due', dueAt: AT, dueSince: NOW };
    assert.deepEqual(hide(AT, { dueAt: NOW }), taken);
    assert.deepEqual(hide(AT, { dueAt: NOW + 1, dueSince: NOW }), taken, 'since the first time');
  });
});

describe('what a person has scheduled', () => {
  const at = (name: string, hour: number) => ({
    id: request(name),
    record: { ...scheduled, waited: { ...waited, scheduledFor: hour } },
  });
  const ids = (requests: Parameters<typeof upcoming>[0], limit = 10) =>
    upcoming(requests, { now: NOW, limit }).map(({ id }) => id);

  it('is listed with its hour, the earliest first, and no more than asked for', () => {
    const all = [at('c', AT + 3), at('a', AT + 1), at('b', AT + 2)];
    assert.deepEqual(ids(all), [request('a'), request('b'), request('c')]);
    assert.deepEqual(ids(all, 2), [request('a'), request('b')]);
    const [first] = upcoming(all, { now: NOW, limit: 1 });
    const plan = { ...waited, scheduledFor: AT + 1 };
    assert.deepEqual(first, { id: request('a'), at: AT + 1, waiting: plan });
  });

  it('has one order, also at the same hour', () => {
    const same = ['a', 'b', 'c', 'd'].map((name) => at(name, AT));
    const sorted = same.map(({ id }) => id).sort();
    assert.deepEqual(ids(same), sorted);
    assert.deepEqual(ids(same.toReversed()), sorted);
  });

  it('is neither what is under way, nor what has expired', () => {
    const others = [running, released, waiting, due, done, expired(scheduled)];
    assert.deepEqual(ids(others.map((record) => ({ id: request('a'), record }))), []);
    assert.deepEqual(ids([{ id: request('a'), record: expiring(scheduled) }]), [request('a')]);
  });
});

describe('a cancellation', () => {
  it('ends what its own person has scheduled, and forgets whose it was', () => {
    for (const record of [scheduled, expiring(scheduled)]) {
      const { failures, expiresAt: end } = record;
      const next = { state: 'done', outcome: 'cancelled', endedAt: NOW, failures, expiresAt: end };
      assert.deepEqual(cancel(record, ADA, NOW), { answer: 'cancelled', next });
    }
  });

  it('waits for what has begun and is no plan yet: its person may have been told of one', () => {
    for (const record of [
      running,
      expiring(running),
      released,
      { ...running, waited },
      { ...released, waited },
    ]) {
      assert.deepEqual(cancel(record, ADA, NOW), { answer: 'not-yet' });
    }
  });

  it('knows what was cancelled before', () => {
    for (const record of [cancelled, expiring(cancelled)]) {
      assert.deepEqual(cancel(record, BOB, NOW), { answer: 'cancelled-before' });
    }
  });

  it('changes nothing else', () => {
    for (const record of [
      undefined,
      done,
      waiting,
      due,
      { ...running, waited: planned },
      { ...released, waited: planned },
      ...[scheduled, cancelled, running].map(expired),
    ]) {
      assert.deepEqual(cancel(record, ADA, NOW), { answer: 'unknown' }, record?.state);
    }
    assert.deepEqual(cancel(scheduled, BOB, NOW), { answer: 'unknown' });
  });
});

describe('forgetting', () => {
  it('ends a request with nothing of what it was about', () => {
    const dead = { ...running, lease: { token: 'other', until: NOW } };
    for (const record of [waiting, scheduled, due, dead, { ...released, waited }]) {
      assert.deepEqual(
        forget(record, NOW),
        { ...done, outcome: 'forgotten', endedAt: NOW },
        record.state,
      );
    }
  });

  it('leaves what somebody works on: it ends by itself', () => {
    assert.equal(forget(running, NOW), running);
  });
});
