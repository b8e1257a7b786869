import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Emulators, startEmulators } from './emulator-ground.ts';
import type { FaultName } from './faults.ts';
import { type GroundFor, replayOf, run } from './run.ts';
import { simulatorGround } from './simulator-ground.ts';

/* The short version of `npm run faults`: other faults, other seeds. */

const ON_THE_SIMULATOR: readonly FaultName[] = [
  'all-at-once',
  'clock-behind',
  'kill-9',
  'store-locked',
  'duplicates-x100',
  'answers-lost',
  'lost-acks',
];
const ON_THE_EMULATORS: readonly FaultName[] = ['rolling-restart', 'store-down'];

describe('what is promised holds on the simulator', { concurrency: 3 }, () => {
  for (const [nth, fault] of ON_THE_SIMULATOR.entries()) {
    const one = { on: 'simulator' as const, fault, seed: nth + 1 };
    it(`under ${fault}, with seed ${one.seed}`, async () => {
      assert.deepEqual(await run(one, () => Promise.resolve(simulatorGround())), [], replayOf(one));
    });
  }
});

describe('what is promised holds on Google’s emulators', { concurrency: 2 }, () => {
  let emulators: Emulators;
  const openGround: GroundFor = ({ pubsub }) => emulators.ground(pubsub ?? 'emulated');
  before(async () => {
    emulators = await startEmulators();
  });
  after(() => emulators.stop());

  for (const [nth, fault] of ON_THE_EMULATORS.entries()) {
    const one = { on: 'emulators' as const, fault, seed: nth + 1 };
    it(`under ${fault}, with seed ${one.seed}`, async () => {
      assert.deepEqual(await run(one, openGround), [], replayOf(one));
    });
  }
});
