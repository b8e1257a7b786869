import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hours } from '../../src/lib/clock.ts';
import { sealWaiting } from '../../src/subscriber/waiting-request.ts';
import { event, idOf, ROOM, says } from './events.ts';
import { LEASE_MS, type Scene, setScene } from './scene.ts';

const publishedByRelay = (id: string) =>
  ({ outcome: 'due', requestId: idOf(id), space: ROOM }) as const;

async function claimed(scene: Scene) {
  const now = scene.now();
  const how = { now, leaseMs: LEASE_MS, expiresAt: now + hours(1) };
  const claim = await scene.store.requests.claim(idOf('one'), how);
  assert.equal(claim.status, 'claimed');
  return claim;
}

describe('what a relay has published', () => {
  it('is acked when the ledger knows of no such request, and is not recorded', async (t) => {
    const scene = setScene(t);
    const outcome = await scene.worker().dispatch(publishedByRelay('gone'));
    assert.deepEqual(outcome, { result: 'duplicate' });
    assert.equal(await scene.ledger('gone'), 'unknown');
  });

  it('is left to its own event when it never waited, and no failure of it', async (t) => {
    const scene = setScene(t);
    const { lease } = await claimed(scene);
    await scene.store.requests.release(lease, { failed: false, now: scene.now() });
    const outcome = await scene.worker().dispatch(publishedByRelay('one'));
    assert.deepEqual(outcome, { result: 'duplicate' });
    assert.deepEqual(scene.chat.calls, []);
    assert.equal((await claimed(scene)).failures, 0);
  });
});

it('an event that comes again after it waited is carried out as the ledger has it', async (t) => {
  const scene = setScene(t);
  const { lease } = await claimed(scene);
  const kept = await sealWaiting(scene.sealer, says('as it was shown'));
  const until = { now: scene.now(), expiresAt: scene.now() + hours(1) };
  await scene.store.requests.park(lease, kept, { ...until, seenGrantVersion: 0 });
  await scene.connect();
  assert.deepEqual(await scene.dispatch(says('as it is read today')), { result: 'answered' });
  assert.deepEqual(
    scene.chat.messages().map(({ text }) => text),
    ['as it was shown'],
  );
});

it('a defect hands the delivery back, and the log says so', async (t) => {
  const scene = setScene(t);
  scene.enter = (path) => {
    if (path === 'requests.claim') throw new TypeError('a defect');
  };
  const outcome = await scene.worker().dispatch(event(says('help')));
  assert.deepEqual(outcome, { result: 'retry', reason: 'unexpected' });
  const line = scene.logged.at(-1);
  assert.equal(line?.['message'], 'delivery handed back');
  assert.match(JSON.stringify(line), /TypeError/);
});

describe('a late worker leaves a request with the one that took it', () => {
  /** The first worker stops before `path`, until its lease has run out and another has carried out the same event. */
  async function overtaken(scene: Scene, path: string, words: string): Promise<string[]> {
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
    const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
    scene.enter = (entered) => {
      if (entered !== path) return;
      reach();
      return held;
    };
    const told = { eventTime: scene.now(), timeZone: 'Europe/Lisbon' };
    const late = scene.worker().dispatch(event(says(words, told)));
    await reached;
    scene.enter = () => {};
    scene.pass(LEASE_MS);
    const { result: taken } = await scene.dispatch(says(words, told));
    letGo();
    return [taken, (await late).result];
  }

  it('when it would park it', async (t) => {
    const scene = setScene(t);
    const results = await overtaken(scene, 'requests.park', 'good news');
    assert.deepEqual(results, ['parked', 'busy']);
  });

  it('when it would schedule it', async (t) => {
    const scene = setScene(t);
    await scene.connect();
    const results = await overtaken(scene, 'requests.schedule', 'schedule in 20 minutes Back');
    assert.deepEqual(results, ['scheduled', 'busy']);
  });
});
