import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  afterCoolDown,
  afterOutage,
  afterSuccess,
  type Breaker,
  CLOSED,
  coolDownMs,
} from '../../src/subscriber/breaker.ts';

const outages = (requests: readonly string[], from: Breaker = CLOSED): Breaker =>
  requests.reduce(afterOutage, from);
const OPEN = outages(['1', '2', '3', '4', '5']);

/** A number is an outage, met by the request of this number. */
type Happening = number | 'a success' | 'time';
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 8, arbitrary: fc.nat(9) },
  { weight: 1, arbitrary: fc.constant('a success' as const) },
  { weight: 1, arbitrary: fc.constant('time' as const) },
);

function after(breaker: Breaker, one: Happening): Breaker {
  if (one === 'a success') return afterSuccess(breaker);
  return one === 'time' ? afterCoolDown(breaker) : afterOutage(breaker, String(one));
}

describe('a breaker', () => {
  it('opens when five different requests in a row met an outage', () => {
    assert.equal(outages(['1', '2', '3', '4']).is, 'closed');
    assert.deepEqual(OPEN, { is: 'open', times: 1 });
  });

  it('doesn’t open for one request that fails again and again', () => {
    assert.equal(outages(Array<string>(100).fill('1')).is, 'closed');
  });

  it('counts anew after a success', () => {
    const before = afterSuccess(outages(['1', '2', '3', '4']));
    assert.equal(outages(['5', '6', '7', '8'], before).is, 'closed');
  });

  it('heeds nothing but the time while it is open', () => {
    assert.deepEqual(afterSuccess(OPEN), OPEN);
    assert.deepEqual(outages(['6'], OPEN), OPEN);
    assert.deepEqual(afterCoolDown(OPEN), { is: 'half-open', times: 1 });
  });

  it('closes by the first success after that, and opens by the first outage', () => {
    const halfOpen = afterCoolDown(OPEN);
    assert.deepEqual(afterSuccess(halfOpen), CLOSED);
    assert.deepEqual(outages(['1'], halfOpen), { is: 'open', times: 2 });
  });

  it('is not half-open without having been open', () => {
    assert.equal(afterCoolDown(CLOSED), CLOSED);
    assert.deepEqual(afterCoolDown(afterCoolDown(OPEN)), afterCoolDown(OPEN));
  });

  it('turns in these ways and in no other, whatever happens', () => {
    const allowed = new Set([
      'closed → open by an outage',
      'open → half-open by time',
      'half-open → closed by a success',
      'half-open → open by an outage',
    ]);
    fc.assert(
      fc.property(fc.array(happening), (happenings) => {
        let breaker = CLOSED;
        for (const one of happenings) {
          const next = after(breaker, one);
          const turn = `${breaker.is} → ${next.is} by ${typeof one === 'number' ? 'an outage' : one}`;
          assert.ok(next.is === breaker.is || allowed.has(turn), turn);
          breaker = next;
        }
      }),
    );
  });

  it('opens exactly when five different requests have failed since the last success', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3)), fc.array(fc.nat(9)), (before, since) => {
        const all: Happening[] = [...before, 'a success', ...since];
        const expected = new Set(since).size < 5 ? 'closed' : 'open';
        assert.equal(all.reduce(after, CLOSED).is, expected);
      }),
    );
  });
});

describe('the time it stays open', () => {
  it('doubles from five seconds to a minute, and is up to a half less', () => {
    const longest = [1, 2, 3, 4, 5, 6, 60].map((times) => coolDownMs(times, () => 0));
    assert.deepEqual(longest, [5000, 10_000, 20_000, 40_000, 60_000, 60_000, 60_000]);
    assert.equal(
      coolDownMs(1, () => 0.5),
      3750,
    );
  });
});
