import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ChatError } from '../../src/lib/errors.ts';
import { ANA, BO, DM, ROOM, says } from './events.ts';
import type { Call } from './recording-chat.ts';
import { type Scene, setScene } from './scene.ts';

type Code = ChatError['code'];
const refuse = (code: Code): never => {
  throw new ChatError(code, 'no');
};
const byAna = ({ by }: Call): boolean => by === ANA;

async function connected(scene: Scene): Promise<void> {
  await scene.connect();
  scene.chat.directMessages.set(ANA, DM);
}

const REFUSALS: readonly [Code, RegExp][] = [
  ['chat_forbidden', /didn’t let me/],
  ['chat_not_member', /Add me to it/],
  ['chat_not_approved', /An administrator of your organization must approve/],
  ['chat_not_found', /isn’t there/],
  ['chat_already_exists', /of this name already/],
  ['chat_invalid_request', /didn’t accept/],
];
for (const [code, words] of REFUSALS) {
  it(`tells the person privately, once, that Chat said ${code}, and acks`, async (t) => {
    const scene = setScene(t);
    await connected(scene);
    scene.chat.enter = (call) => (byAna(call) ? refuse(code) : undefined);
    const refused = { result: 'refused', reason: code };
    assert.deepEqual(await scene.dispatch(says('good news')), refused);
    assert.deepEqual(await scene.dispatch(says('good news')), { result: 'duplicate' });

    const [told, ...more] = scene.chat.messages();
    assert.deepEqual(more, []);
    assert.deepEqual([told?.by, told?.space, told?.privateTo], ['app', ROOM, ANA]);
    assert.match(told?.text ?? '', words);
    assert.equal(await scene.ledger(), 'done');
  });
}

it('never posts as the app what it may not post as the person', async (t) => {
  const scene = setScene(t);
  await connected(scene);
  scene.chat.enter = (call) => (byAna(call) ? refuse('chat_forbidden') : undefined);
  await scene.dispatch(says('good news'));
  assert.ok(scene.chat.messages().every(({ text }) => !text?.includes('good news')));
});

it('answers in the direct message where a space takes no private message', async (t) => {
  const scene = setScene(t);
  await connected(scene);
  scene.chat.enter = ({ space }) => (space === ROOM ? refuse('chat_not_member') : undefined);
  assert.deepEqual(await scene.dispatch(says('help')), { result: 'answered' });
  const [answer, ...more] = scene.chat.messages();
  assert.deepEqual(more, []);
  assert.deepEqual([answer?.space, answer?.thread], [DM, undefined]);
});

it('tells of a refusal in the direct message where a space takes no private message', async (t) => {
  const scene = setScene(t);
  await connected(scene);
  scene.chat.enter = ({ space }) => (space === ROOM ? refuse('chat_not_member') : undefined);
  assert.equal((await scene.dispatch(says('good news'))).result, 'refused');
  assert.deepEqual(
    scene.chat.messages().map(({ space }) => space),
    [DM],
  );
});

it('shows nothing to others where there is no direct message to fall back to', async (t) => {
  const scene = setScene(t);
  scene.chat.enter = ({ space }) => (space === ROOM ? refuse('chat_not_member') : undefined);
  assert.equal((await scene.dispatch(says('help', { person: BO }))).result, 'refused');
  assert.deepEqual(scene.chat.messages(), []);
  assert.equal(await scene.ledger(), 'done');
});

it('waits with the direct message until it is known whether the space takes a private one', async (t) => {
  const scene = setScene(t);
  await connected(scene);
  scene.chat.enter = ({ space }) => (space === ROOM ? refuse('chat_unavailable') : undefined);
  assert.equal((await scene.dispatch(says('help'))).result, 'retry');
  assert.deepEqual(scene.chat.messages(), []);
});

it('tells of a refusal when Chat is back, and an outage does not count as a failure', async (t) => {
  const scene = setScene(t);
  await connected(scene);
  for (const reason of ['chat_unavailable', 'chat_rate_limited'] as const) {
    scene.chat.enter = (call) => refuse(byAna(call) ? 'chat_forbidden' : reason);
    for (let delivery = 1; delivery <= 10; delivery++) {
      const outcome = await scene.dispatch(says('good news'));
      assert.deepEqual(outcome, { result: 'retry', reason }, `${delivery}`);
    }
  }
  scene.chat.enter = (call) => (byAna(call) ? refuse('chat_forbidden') : undefined);
  assert.equal((await scene.dispatch(says('good news'))).result, 'refused');
  assert.equal(scene.chat.messages().length, 1);
});

it('tells of a refusal with the next delivery, when the time for this attempt is over', async (t) => {
  const scene = setScene(t);
  await connected(scene);
  const hurry = new AbortController();
  scene.attemptSignal = () => hurry.signal;
  scene.chat.enter = (call) => {
    if (!byAna(call)) return;
    hurry.abort();
    refuse('chat_forbidden');
  };
  assert.equal((await scene.dispatch(says('good news'))).result, 'retry');
  scene.attemptSignal = () => new AbortController().signal;
  assert.equal((await scene.dispatch(says('good news'))).result, 'refused');
  assert.equal(scene.chat.messages().length, 1);
});
