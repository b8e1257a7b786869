import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Agenda } from '../../../simulator/pubsub/agenda.ts';
import { FakeTimers } from './fake-timers.ts';

describe('An agenda', () => {
  it('gives every item once, at its last time set, within 50 ms and never early', () => {
    const change = fc.record({
      item: fc.integer({ min: 0, max: 9 }),
      inMs: fc.option(fc.integer({ min: 0, max: 2000 })),
      thenPass: fc.integer({ min: 0, max: 300 }),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
        const timers = new FakeTimers();
        const expected = new Map<number, number>();
        const agenda = new Agenda<number>(timers, (items) => {
          for (const item of items) {
            const late = timers.now() - (expected.get(item) ?? Number.NaN);
            assert.ok(late >= 0 && late < 50, `${late} ms late`);
            expected.delete(item);
          }
        });
        for (const { item, inMs, thenPass } of changes) {
          if (inMs === null) {
            agenda.delete(item);
            expected.delete(item);
          } else {
            agenda.set(item, timers.now() + inMs);
            expected.set(item, timers.now() + inMs);
          }
          assert.equal(agenda.size, expected.size);
          timers.advance(thenPass);
        }
        timers.advance(3000);
        assert.equal(expected.size, 0);
        assert.deepEqual([agenda.size, timers.pending], [0, 0]);
      }),
    );
  });

  it('forgets everything, its timer too, when it is cleared', () => {
    const timers = new FakeTimers();
    const agenda = new Agenda<string>(timers, () => assert.fail('too late'));
    agenda.set('tea', timers.now() + 1000);
    agenda.clear();
    assert.equal(timers.pending, 0);
    timers.advance(2000);
  });
});
