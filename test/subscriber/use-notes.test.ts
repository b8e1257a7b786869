import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { days, hours, minutes } from '../../src/lib/clock.ts';
import { StoreError } from '../../src/lib/errors.ts';
import { startUseNotes } from '../../src/subscriber/use-notes.ts';
import { recordLog } from '../lib/telemetry/recorded-log.ts';
import { ANA } from './events.ts';
import { fakeTime } from './fake-time.ts';
import { setScene } from './scene.ts';

/** Ana is connected, and what is written of her uses is counted. */
async function setUp(t: TestContext) {
  const scene = setScene(t);
  const time = fakeTime();
  const { log, lines } = recordLog();
  const noteUse = t.mock.method(scene.store.grants, 'noteUse');
  const begin = scene.now() - time.clock();
  const clock = () => begin + time.clock();
  const uses = startUseNotes({ grants: scene.store.grants, clock, sleep: time.sleep, log });
  t.after(() => uses.stop());
  const granted = await scene.connect();
  return {
    uses,
    time,
    lines,
    noteUse,
    granted,
    grant: async () => (await scene.store.grants.get(ANA)) ?? assert.fail('not connected'),
  };
}

it('writes a use down within a minute, and no second one that day', async (t) => {
  const { uses, time, noteUse, granted, grant } = await setUp(t);
  uses.note(await grant());
  await time.pass(minutes(1));
  assert.equal(noteUse.mock.callCount(), 0, 'the consent was a use');

  await time.pass(days(1));
  uses.note(await grant());
  uses.note(await grant());
  assert.equal(noteUse.mock.callCount(), 0, 'not while the request waits');
  await time.pass(minutes(1));
  assert.equal(noteUse.mock.callCount(), 1);
  const noted = (await grant()).lastUsedAt;
  assert.equal(noted, granted.grantedAt + days(1) + minutes(1));

  await time.pass(hours(23));
  uses.note(await grant());
  await time.pass(minutes(1));
  assert.equal(noteUse.mock.callCount(), 1);
});

it('writes what is left when it has to stop', async (t) => {
  const { uses, time, grant } = await setUp(t);
  await time.pass(days(2));
  uses.note(await grant());
  await uses.stop();
  assert.notEqual((await grant()).lastUsedAt, (await grant()).grantedAt);
});

it('goes on when the store does not answer', async (t) => {
  const { uses, time, lines, noteUse, grant } = await setUp(t);
  await time.pass(days(2));
  uses.note(await grant());
  noteUse.mock.mockImplementationOnce(() =>
    Promise.reject(new StoreError('store_unavailable', 'not now')),
  );
  await time.pass(minutes(1));
  assert.equal(lines.length, 1);
  await time.pass(minutes(1));
  assert.notEqual((await grant()).lastUsedAt, (await grant()).grantedAt);
});
