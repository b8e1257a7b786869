import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ChatError, StoreError } from '../../src/lib/errors.ts';
import { decideAck } from '../../src/subscriber/outcome.ts';
import { ANA, clicks, commands, event, idOf, ROOM, says } from './events.ts';
import { wordsOf } from './recording-chat.ts';
import { LEASE_MS, setScene } from './scene.ts';

it('answers a command of the app privately, in the thread, and acks', async (t) => {
  const scene = setScene(t);
  assert.deepEqual(await scene.dispatch(says('help')), { result: 'answered' });

  const [answer, ...more] = scene.chat.messages();
  assert.deepEqual(more, []);
  assert.deepEqual(
    [answer?.by, answer?.privateTo, answer?.thread],
    ['app', ANA, `${ROOM}/threads/T1`],
  );
  assert.equal(await scene.ledger(), 'done');
});

it('posts as the person who has connected, in the same thread, for all to see', async (t) => {
  const scene = setScene(t);
  await scene.connect();
  assert.deepEqual(await scene.dispatch(says('good news')), { result: 'answered' });

  const [post, ...more] = scene.chat.messages();
  assert.deepEqual(more, []);
  assert.deepEqual(
    [post?.by, post?.text, post?.thread, post?.privateTo],
    [ANA, 'good news', `${ROOM}/threads/T1`, undefined],
  );
  assert.equal(await scene.ledger(), 'done');
});

it('says privately that a command id stands for nothing', async (t) => {
  const scene = setScene(t);
  assert.deepEqual(await scene.dispatch(commands(9, undefined)), { result: 'answered' });
  const [answer] = scene.chat.messages();
  assert.equal(answer?.privateTo, ANA);
  assert.match(answer?.text ?? '', /isn’t set up/);
});

it('acks a repeat of what is done, and does nothing', async (t) => {
  const scene = setScene(t);
  await scene.connect();
  await scene.dispatch(says('good news'));
  const calls = scene.chat.calls.length;
  assert.deepEqual(await scene.dispatch(says('good news')), { result: 'duplicate' });
  assert.equal(scene.chat.calls.length, calls);
});

it('tells until when another worker is on it, and takes it over when that one’s lease has run out', async (t) => {
  const scene = setScene(t);
  await scene.connect();
  const taken = { now: scene.now(), leaseMs: LEASE_MS, expiresAt: scene.now() * 2 };
  await scene.store.requests.claim(idOf('one'), taken);
  const leaseUntil = scene.now() + LEASE_MS;
  assert.deepEqual(await scene.dispatch(says('good news')), { result: 'busy', leaseUntil });

  scene.pass(LEASE_MS);
  assert.deepEqual(await scene.dispatch(says('good news')), { result: 'answered' });
  assert.equal(scene.chat.messages().length, 1);
});

it('ignores a click on no action of ours, without a trace in the ledger', async (t) => {
  const scene = setScene(t);
  const ignored = { result: 'ignored', reason: 'unknown-action' };
  assert.deepEqual(await scene.dispatch(clicks()), ignored);
  assert.equal(await scene.ledger(), 'unknown');
});

it('passes on why an event is ignored or unreadable', async (t) => {
  const worker = setScene(t).worker();
  assert.deepEqual(await worker.dispatch({ outcome: 'ignored', reason: 'bot' }), {
    result: 'ignored',
    reason: 'bot',
  });
  assert.deepEqual(await worker.dispatch({ outcome: 'unreadable', reason: 'not-json' }), {
    result: 'unreadable',
    reason: 'not-json',
  });
});

for (const code of ['chat_unavailable', 'chat_rate_limited', 'chat_app_not_configured'] as const) {
  it(`hands back what ${code} prevented, as often as it takes, and does it in the end`, async (t) => {
    const scene = setScene(t);
    await scene.connect();
    scene.chat.enter = () => {
      throw new ChatError(code, 'not now');
    };
    for (let delivery = 1; delivery <= 10; delivery++) {
      const outcome = await scene.dispatch(says('good news'));
      assert.deepEqual(outcome, { result: 'retry', reason: code });
      assert.equal(decideAck(outcome), 'nack');
    }
    scene.chat.enter = () => {};
    assert.deepEqual(await scene.dispatch(says('good news')), { result: 'answered' });
    assert.deepEqual(scene.chat.messages().map(wordsOf), ['good news']);
  });
}

it('hands back what comes while the store is down, and does it when the store is back', async (t) => {
  const scene = setScene(t);
  await scene.connect();
  scene.enter = () => {
    throw new StoreError('store_unavailable', 'down');
  };
  const down = { result: 'retry', reason: 'store_unavailable' };
  assert.deepEqual(await scene.dispatch(says('good news')), down);
  scene.enter = () => {};
  assert.deepEqual(await scene.dispatch(says('good news')), { result: 'answered' });
});

it('hands back a request when only the grant could not be read', async (t) => {
  const scene = setScene(t);
  await scene.connect();
  scene.enter = (path) => {
    if (path === 'grants.get') throw new StoreError('store_unavailable', 'down');
  };
  const down = { result: 'retry', reason: 'store_unavailable' };
  assert.deepEqual(await scene.dispatch(says('good news')), down);
  scene.enter = () => {};
  assert.deepEqual(await scene.dispatch(says('good news')), { result: 'answered' });
});

it('carries out one of twenty deliveries that come at once', async (t) => {
  const scene = setScene(t);
  await scene.connect();
  const workers = Array.from({ length: 20 }, () => scene.worker());
  const outcomes = await Promise.all(
    workers.map((worker) => worker.dispatch(event(says('good news')))),
  );
  const results = outcomes.map(({ result }) => result);
  assert.equal(results.filter((result) => result === 'answered').length, 1);
  assert.ok(results.every((result) => ['answered', 'busy', 'duplicate'].includes(result)));
  assert.equal(scene.chat.messages().length, 1);
  assert.equal(scene.chat.calls.length, 1);
});

it('keeps a late worker from writing over the one that took its request', async (t) => {
  const scene = setScene(t);
  await scene.connect();
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
  const late = scene.worker();
  scene.enter = (path) => (path === 'requests.complete' ? held : undefined);
  const running = late.dispatch(event(says('good news')));
  while (scene.chat.messages().length === 0) await new Promise(setImmediate);

  scene.enter = () => {};
  scene.pass(LEASE_MS);
  assert.deepEqual(await scene.dispatch(says('good news')), { result: 'answered' });
  letGo();
  assert.deepEqual(await running, { result: 'busy' });
  assert.equal(scene.chat.messages().length, 1);
  assert.equal(await scene.ledger(), 'done');
});

it('a late worker that would hand its request back leaves it with the one that took it', async (t) => {
  const scene = setScene(t);
  await scene.connect();
  scene.chat.enter = () => {
    scene.chat.enter = () => {};
    scene.pass(LEASE_MS);
    throw new ChatError('chat_unavailable', 'not now');
  };
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
  scene.enter = (path) => (path === 'requests.release' ? held : undefined);
  const running = scene.worker().dispatch(event(says('good news')));
  while (scene.chat.calls.length === 0) await new Promise(setImmediate);
  assert.deepEqual(await scene.dispatch(says('good news')), { result: 'answered' });
  letGo();
  assert.deepEqual(await running, { result: 'busy' });
  assert.equal(await scene.ledger(), 'done');
});
