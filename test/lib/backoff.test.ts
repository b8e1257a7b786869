import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { backoff } from '../../src/lib/backoff.ts';

it('is bounded by half a second first, and by twice as much after each failure', () => {
  const most = [1, 2, 3, 4, 5].map((failures) => backoff(failures, () => 1));
  assert.deepEqual(most, [500, 1000, 2000, 4000, 8000]);
});

it('is anything up to its bound, and never more than 32 seconds', () => {
  const draw = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), draw, (failures, random) => {
      const wait = backoff(failures, () => random);
      assert.equal(wait, random * Math.min(32_000, 500 * 2 ** (failures - 1)));
    }),
  );
});
