import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Fifo } from '../../../simulator/pubsub/fifo.ts';

describe('A fifo', () => {
  it('behaves as an array does with push and shift, however long it has been', () => {
    const run = fc.record({ pushes: fc.nat({ max: 3000 }), shifts: fc.nat({ max: 3000 }) });
    fc.assert(
      fc.property(fc.array(run, { maxLength: 6 }), (runs) => {
        const fifo = new Fifo<number>();
        const array: number[] = [];
        let next = 0;
        for (const { pushes, shifts } of runs) {
          for (let n = 0; n < pushes; n++) {
            fifo.push(next);
            array.push(next++);
          }
          for (let n = 0; n < shifts; n++) assert.equal(fifo.shift(), array.shift());
          assert.equal(fifo.length, array.length);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('is empty after it was cleared', () => {
    const fifo = new Fifo<string>();
    fifo.push('gone');
    fifo.clear();
    assert.deepEqual([fifo.length, fifo.shift()], [0, undefined]);
  });
});
