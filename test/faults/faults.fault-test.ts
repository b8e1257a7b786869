import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FaultName } from './faults.ts';
import { type Run, replayOf, run } from './run.ts';

/** The short version of `npm run faults`: other faults, other seeds. */
const RUNS: readonly Run[] = (
  [
    'all-at-once',
    'clock-behind',
    'kill-9',
    'store-locked',
    'duplicates-x100',
    'answers-lost',
  ] satisfies FaultName[]
).map((fault, nth) => ({ fault, seed: nth + 1 }));

describe('what is promised holds', { concurrency: 3 }, () => {
  for (const one of RUNS) {
    it(`under ${one.fault}, with seed ${one.seed}`, async () => {
      assert.deepEqual(await run(one), [], replayOf(one));
    });
  }
});
