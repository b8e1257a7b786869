import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ChatError } from '../../src/lib/errors.ts';
import { interaction } from '../../src/lib/interactions/interaction.ts';
import type { RequestLedger } from '../../src/lib/store/store.ts';
import type { AppCommand } from '../../src/subscriber/commands/command.ts';
import { decideAck } from '../../src/subscriber/outcome.ts';
import { ANA, event, says } from './events.ts';
import { wordsOf } from './recording-chat.ts';
import { LEASE_MS, type Scene, setScene } from './scene.ts';

const broken: AppCommand = {
  name: 'broken',
  summary: () => 'Fails.',
  as: 'app',
  run: () => Promise.reject(new TypeError('a bug')),
};
const asked = event(says('broken'));
const retry = { result: 'retry', reason: 'unexpected' };
const failed = { result: 'failed', reason: 'unexpected' };

async function failFourTimes(scene: Scene): Promise<void> {
  for (let failure = 1; failure <= 4; failure++) {
    assert.deepEqual(await scene.worker([broken]).dispatch(asked), retry);
    assert.deepEqual(scene.chat.messages(), [], 'not yet');
  }
}

it('apologises once, privately, after five failures, and acks', async (t) => {
  const scene = setScene(t);
  await failFourTimes(scene);
  const outcome = await scene.worker([broken]).dispatch(asked);
  assert.deepEqual(outcome, failed);
  assert.equal(decideAck(outcome), 'ack');
  assert.deepEqual(await scene.worker([broken]).dispatch(asked), { result: 'duplicate' });

  const [apology, ...more] = scene.chat.messages();
  assert.deepEqual(more, []);
  assert.equal(apology?.privateTo, ANA);
  assert.match(apology?.text ?? '', /sorry/);
});

it('keeps what was asked for a replay, sealed', async (t) => {
  const scene = setScene(t);
  const ends: Parameters<RequestLedger['complete']>[1][] = [];
  const { complete } = scene.store.requests;
  t.mock.method(scene.store.requests, 'complete', (...call: Parameters<typeof complete>) => {
    ends.push(call[1]);
    return complete(...call);
  });
  await failFourTimes(scene);
  await scene.worker([broken]).dispatch(asked);
  const [end] = ends;
  assert.equal(end?.outcome, 'failed');
  assert.ok(end.keep !== undefined && !end.keep.payload.includes('broken'));
  const context = { collection: 'requests', owner: ANA } as const;
  const kept = interaction.parse(JSON.parse(await scene.sealer.open(end.keep.payload, context)));
  assert.deepEqual(kept, says('broken'));
});

it('gives up a request that has killed five workers, without a sixth attempt', async (t) => {
  const scene = setScene(t);
  let attempts = 0;
  const lethal: AppCommand = {
    ...broken,
    run: () => {
      attempts += 1;
      return attempts > 5 ? Promise.resolve() : new Promise(() => {});
    },
  };
  for (let death = 1; death <= 5; death++) {
    void scene.worker([lethal]).dispatch(asked);
    while (attempts < death) await new Promise(setImmediate);
    scene.pass(LEASE_MS);
  }
  assert.deepEqual(await scene.worker([lethal]).dispatch(asked), failed);
  assert.equal(attempts, 5);
  assert.match(scene.chat.messages().map(wordsOf).join(), /sorry/);
  assert.equal(await scene.ledger(), 'done');
});

it('apologises when Chat is back, without trying again meanwhile', async (t) => {
  const scene = setScene(t);
  await failFourTimes(scene);
  scene.chat.enter = () => {
    throw new ChatError('chat_unavailable', 'not now');
  };
  for (let delivery = 1; delivery <= 3; delivery++) {
    assert.equal((await scene.worker([broken]).dispatch(asked)).result, 'retry');
  }
  scene.chat.enter = () => {};
  assert.deepEqual(await scene.worker([broken]).dispatch(asked), failed);
  assert.equal(scene.chat.messages().length, 1);
});

it('apologises although every attempt uses up its time', async (t) => {
  const scene = setScene(t);
  const slow: AppCommand = {
    ...broken,
    run: () => {
      hurry.abort();
      return Promise.reject(new Error('no time left'));
    },
  };
  let hurry = new AbortController();
  scene.attemptSignal = () => {
    hurry = new AbortController();
    return hurry.signal;
  };
  let deliveries = 0;
  for (let outcome = ''; outcome !== 'failed'; deliveries++) {
    outcome = (await scene.worker([slow]).dispatch(asked)).result;
    assert.ok(deliveries < 10, 'it is never given up');
  }
  assert.equal(scene.chat.messages().length, 1);
});

it('gives up what can’t be read from the ledger any more, with an apology to whoever it was of', async (t) => {
  const scene = setScene(t);
  await scene.dispatch(says('good news'));
  await scene.consent(scene.link());
  const shown = scene.chat.messages().length;
  t.mock.method(scene.sealer, 'open', () => Promise.reject(new TypeError('unreadable')));
  const [first] = await scene.runDue();
  assert.deepEqual(first, retry);
  const due = {
    outcome: 'due',
    requestId: says('').requestId,
    space: says('').space.name,
  } as const;
  for (let failure = 2; failure <= 4; failure++) {
    assert.deepEqual(await scene.worker().dispatch(due), retry);
  }
  assert.deepEqual(await scene.worker().dispatch(due), failed);
  const [apology, ...more] = scene.chat.messages().slice(shown);
  assert.deepEqual(more, []);
  assert.equal(apology?.privateTo, ANA);
  assert.match(apology.text ?? '', /sorry/);
});

it('does not apologise for what succeeds at the fifth attempt', async (t) => {
  const scene = setScene(t);
  await failFourTimes(scene);
  const mended: AppCommand = { ...broken, run: ({ reply }) => reply({ text: 'done' }) };
  assert.deepEqual(await scene.worker([mended]).dispatch(asked), { result: 'answered' });
  assert.deepEqual(scene.chat.messages().map(wordsOf), ['done']);
});
