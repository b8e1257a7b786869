import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { minutes } from '../../../src/lib/clock.ts';
import { AuthorizationError, ChatError } from '../../../src/lib/errors.ts';
import { ANA, DM, event, ROOM, removed, says } from '../events.ts';
import { linkOf, wordsOf } from '../recording-chat.ts';
import { setSchedules } from './schedule-scene.ts';

describe('before its hour', () => {
  it('the same event again changes nothing', async (t) => {
    const { scene, ask, pass, posts, words } = setSchedules(t);
    await scene.connect();
    const asked = ask('in 20 minutes Back');
    assert.equal((await scene.dispatch(asked)).result, 'scheduled');
    scene.pass(minutes(19));
    assert.equal((await scene.dispatch(asked)).result, 'duplicate');
    assert.deepEqual([posts(), words().length], [[], 1]);
    assert.deepEqual(await pass(minutes(1)), ['answered']);
    assert.equal((await scene.dispatch(asked)).result, 'duplicate');
    assert.deepEqual(posts(), ['Back']);
  });

  it('a disconnection forgets it, and says so', async (t) => {
    const { scene, schedule, newest, pass, posts } = setSchedules(t);
    await scene.connect();
    await schedule('in 20 minutes Back');
    await scene.dispatch(says('disconnect', { id: 'end' }));
    assert.match(wordsOf(newest()), /forgotten it, and everything that was scheduled/);
    assert.deepEqual(await pass(minutes(20)), []);
    assert.deepEqual(posts(), []);
  });

  it('the removal of the app from the space forgets it', async (t) => {
    const { scene, schedule, pass } = setSchedules(t);
    await scene.connect();
    await schedule('in 20 minutes Back');
    await scene.dispatch(removed({ id: 'gone' }));
    assert.deepEqual(await pass(minutes(20)), []);
  });
});

describe('at its hour', () => {
  it('it is posted by whichever worker, once', async (t) => {
    const { scene, schedule, posts } = setSchedules(t);
    await scene.connect();
    await schedule('in 20 minutes Back');
    scene.pass(minutes(20));
    const [due, ...more] = await scene.store.requests.takeDue({
      now: scene.now(),
      hideUntil: scene.now() + minutes(1),
      limit: 100,
    });
    assert.ok(due !== undefined && more.length === 0);
    const message = { outcome: 'due', requestId: due.id, space: due.space } as const;
    const workers = [scene.worker(), scene.worker(), scene.worker()];
    const results = await Promise.all(workers.map((worker) => worker.dispatch(message)));
    assert.ok(results.every(({ result }) => ['answered', 'busy', 'duplicate'].includes(result)));
    assert.equal((await scene.worker().dispatch(message)).result, 'duplicate');
    assert.deepEqual(posts(), ['Back']);
  });

  it('its own event, which comes again, posts what was planned', async (t) => {
    const { scene, ask, posts } = setSchedules(t);
    await scene.connect();
    const asked = ask('in 20 minutes Back');
    await scene.dispatch(asked);
    scene.pass(minutes(20));
    const now = scene.now();
    await scene.store.requests.takeDue({ now, hideUntil: now + minutes(1), limit: 100 });
    assert.equal((await scene.dispatch(asked)).result, 'answered');
    assert.deepEqual(posts(), ['Back']);
  });

  it('a person whose connection has ended is asked by a new card, and it is posted after that', async (t) => {
    const { scene, schedule, newest, pass, posts } = setSchedules(t);
    await schedule('in 20 minutes Back');
    await scene.consent(scene.link());
    assert.deepEqual(await pass(0), ['scheduled']);
    const known = scene.chat.messages().length;
    const { refresh } = scene.google;
    scene.google.refresh = () => Promise.reject(new AuthorizationError('grant_revoked', 'ended'));
    assert.deepEqual(await pass(minutes(20)), ['parked']);

    assert.equal(scene.chat.messages().length, known + 1);
    assert.ok(linkOf(newest()) !== undefined);
    assert.match(wordsOf(newest()), /^It’s time for what you had scheduled: “Back”/);
    scene.google.refresh = refresh;
    scene.pass(minutes(30));
    await scene.consent(scene.link());
    assert.deepEqual(await pass(0), ['answered']);
    assert.deepEqual(posts(), ['Back']);
    assert.match(wordsOf(newest()), /Your account is connected/);
  });

  it('it waits for an outage to end', async (t) => {
    const { scene, schedule, pass, posts } = setSchedules(t);
    await scene.connect();
    await schedule('in 20 minutes Back');
    scene.chat.enter = ({ by }) => {
      if (by === ANA) throw new ChatError('chat_unavailable', 'down');
    };
    assert.deepEqual(await pass(minutes(20)), ['retry']);
    scene.chat.enter = () => {};
    const due = says('schedule in 20 minutes Back');
    assert.equal((await scene.worker().dispatch(event(due))).result, 'answered');
    assert.deepEqual(posts(), ['Back']);
  });

  it('a refusal is told privately, in the direct message where there is no other way', async (t) => {
    const { scene, schedule, newest, pass } = setSchedules(t);
    await scene.connect();
    await schedule('in 20 minutes Back');
    scene.chat.directMessages.set(ANA, DM);
    scene.chat.enter = ({ space }) => {
      if (space === ROOM) throw new ChatError('chat_not_member', 'left', { status: 403 });
    };
    assert.deepEqual(await pass(minutes(20)), ['refused']);
    assert.equal(newest().space, DM);
    assert.match(wordsOf(newest()), /^I couldn’t post what you had scheduled: I’m not a member/);
  });

  it('it is posted with delegation as well, which asks nobody', async (t) => {
    const { schedule, pass, posts, scene } = setSchedules(t, (made) => {
      const tokens = { accessToken: async () => 'delegated', drop: () => {} };
      made.delegation = { kind: 'delegation', allowedDomain: undefined, tokens };
      return made.worker();
    });
    await schedule('in 20 minutes Back', { email: 'ana@example.com' });
    assert.deepEqual(await pass(minutes(20)), ['answered']);
    assert.deepEqual(posts(), ['Back']);
    assert.equal(scene.chat.calls.at(-1)?.token, 'delegated');
  });
});
