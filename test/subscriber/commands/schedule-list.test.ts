import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { days, minutes } from '../../../src/lib/clock.ts';
import { KmsError, StoreError } from '../../../src/lib/errors.ts';
import { ANA, BO, clicks, DM, OTHER_ROOM } from '../events.ts';
import { wordsOf } from '../recording-chat.ts';
import { LEASE_MS } from '../scene.ts';
import { setSchedules } from './schedule-scene.ts';

describe('the list', () => {
  it('is of all spaces, the earliest first, and seen by nobody else', async (t) => {
    const { scene, schedule, newest } = setSchedules(t);
    await scene.connect();
    await schedule('in 2 hours Second', { id: '2', space: OTHER_ROOM });
    await schedule('in 3 hours Third', { id: '3', space: DM });
    await schedule('in 1 hour First', { id: '1' });
    await scene.connect(BO);
    await schedule('in 1 hour Bo’s', { id: '4', person: BO });
    assert.equal(await schedule('', { id: 'list' }), 'answered');
    assert.equal(newest().privateTo, ANA);
    const lines = wordsOf(newest()).split('\n');
    assert.equal(lines[0], 'What I’ll post for you');
    assert.deepEqual([lines[2], lines[4], lines[6]], ['First', 'Second', 'Third']);
    assert.match(lines[1] ?? '', /4:00 PM Western European Summer Time · Another space$/);
    assert.match(lines[5] ?? '', /· Direct message$/);
    assert.equal(lines.length, 7);
  });

  it('shows twenty of them, says how many more there are, and fits into a message', async (t) => {
    const { scene, schedule, newest, buttons } = setSchedules(t);
    await scene.connect();
    for (let hour = 1; hour <= 23; hour++) {
      await schedule(`in ${hour} hours ${'<&"\\語'.repeat(100)}`, { id: `${hour}` });
    }
    await schedule('', { id: 'list' });
    assert.equal(buttons(newest()).length, 20);
    assert.match(wordsOf(newest()), /… and 3 more\.$/);
    assert.ok(Buffer.byteLength(JSON.stringify(newest().card)) < 31_000);
  });

  it('leaves out what can’t be opened any more, and logs it', async (t) => {
    const { scene, schedule, newest } = setSchedules(t);
    await scene.connect();
    await schedule('in 1 hour First', { id: '1' });
    await schedule('in 2 hours Second', { id: '2' });
    const { open } = scene.sealer;
    let opened = 0;
    scene.sealer.open = (sealed, context) =>
      open(sealed, ++opened === 1 ? { ...context, owner: BO } : context);
    await schedule('', { id: 'list' });
    assert.equal(wordsOf(newest()).split('\n')[2], 'Second');
    assert.ok(scene.logged.some(({ severity }) => severity === 'ERROR'));
  });

  it('waits for Cloud KMS, rather than say that there is less than there is', async (t) => {
    const { scene, schedule, newest } = setSchedules(t);
    await scene.connect();
    await schedule('in 1 hour First', { id: '1' });
    const { open } = scene.sealer;
    scene.sealer.open = () =>
      Promise.reject(new KmsError('kms_unavailable', 'It is out of order.'));
    assert.equal(await schedule('', { id: 'list' }), 'retry');
    scene.sealer.open = open;
    assert.equal(await schedule('', { id: 'list' }), 'answered');
    assert.equal(wordsOf(newest()).split('\n')[2], 'First');
  });

  it('is empty where nothing is scheduled', async (t) => {
    const { schedule, newest } = setSchedules(t);
    assert.equal(await schedule(''), 'answered');
    assert.match(wordsOf(newest()), /Nothing is scheduled/);
  });
});

describe('cancelling', () => {
  it('ends it, and the card says so in its place', async (t) => {
    const { scene, schedule, press, newest, pass, posts, words } = setSchedules(t);
    await scene.connect();
    await schedule('in 20 minutes Back');
    assert.equal(await press(), 'answered');
    assert.equal(wordsOf(newest()), 'Cancelled. I won’t post this:\nBack');
    assert.equal(words().length, 1);
    assert.deepEqual(await pass(days(1)), []);
    assert.deepEqual(posts(), []);
  });

  it('waits for whoever has shown the card, and has yet to write the plan down', async (t) => {
    const { scene, ask, press, newest, pass, posts } = setSchedules(t);
    await scene.connect();
    const asked = ask('in 20 minutes Back');
    scene.enter = (path) => {
      if (path === 'requests.schedule') throw new StoreError('store_unavailable', 'down');
    };
    assert.equal((await scene.dispatch(asked)).result, 'retry');
    assert.equal(await press(), 'retry', 'it would be posted later on');
    scene.enter = () => {};
    scene.pass(LEASE_MS);
    assert.equal((await scene.dispatch(asked)).result, 'scheduled');
    assert.equal(await press(), 'answered');
    assert.match(wordsOf(newest()), /^Cancelled/);
    await pass(minutes(20));
    assert.deepEqual(posts(), []);
  });

  it('in the list leaves the others there', async (t) => {
    const { scene, schedule, press, newest, buttons } = setSchedules(t);
    await scene.connect();
    await schedule('in 1 hour First', { id: '1' });
    await schedule('in 2 hours Second', { id: '2' });
    await schedule('', { id: 'list' });
    await press(0);
    assert.match(wordsOf(newest()), /Cancelled. I won’t post this:\nFirst\n.*\nSecond$/);
    assert.equal(buttons(newest()).length, 1);
  });

  it('says so when it comes too late', async (t) => {
    const { scene, schedule, press, newest, pass, posts } = setSchedules(t);
    await scene.connect();
    await schedule('in 20 minutes Back');
    await pass(minutes(20));
    await press();
    assert.equal(wordsOf(newest()), 'This has been posted or cancelled already.');
    assert.deepEqual(posts(), ['Back']);
  });

  it('and the relay at the same moment: one of them gets it', async (t) => {
    for (const first of ['press', 'relay'] as const) {
      const { scene, schedule, press, pass, posts } = setSchedules(t);
      await scene.connect();
      await schedule('in 20 minutes Back');
      scene.pass(minutes(20));
      if (first === 'press') await press();
      await pass(0);
      if (first === 'relay') await press();
      assert.deepEqual(posts(), first === 'press' ? [] : ['Back']);
    }
  });

  it('by anybody else, who has found out its id, changes nothing', async (t) => {
    const { scene, schedule, press, pass, posts } = setSchedules(t);
    await scene.connect();
    await schedule('in 20 minutes Back');
    await press(0, { person: BO });
    assert.deepEqual(await pass(minutes(20)), ['answered']);
    assert.deepEqual(posts(), ['Back']);
  });

  it('on a card elsewhere, as somebody has made up, changes nothing', async (t) => {
    const { scene, schedule, newest, words } = setSchedules(t);
    await scene.connect();
    await schedule('in 20 minutes Back');
    const [before] = words();
    const card = newest().name;
    const parameters = { postern: 'schedule', id: 'x' };
    await scene.dispatch(clicks({ id: 'x', space: OTHER_ROOM, parameters, card }));
    assert.deepEqual(words(), [before]);
  });

  it('of no id at all says that there is nothing to cancel', async (t) => {
    const { scene, schedule, newest } = setSchedules(t);
    await scene.connect();
    await schedule('in 20 minutes Back');
    const card = newest().name;
    await scene.dispatch(
      clicks({ id: 'x', parameters: { postern: 'schedule', id: '../x' }, card }),
    );
    assert.match(wordsOf(newest()), /already/);
  });

  it('is done and told also when its card was deleted', async (t) => {
    const { scene, schedule, press, newest, pass } = setSchedules(t);
    await scene.connect();
    await schedule('in 20 minutes Back');
    const card = newest();
    scene.chat.delete(card.name);
    assert.equal(await press(0, { card }), 'answered');
    assert.match(wordsOf(newest()), /^Cancelled/);
    assert.deepEqual(await pass(minutes(20)), []);
  });
});
