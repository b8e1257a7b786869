import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ChatError } from '../../src/lib/errors.ts';
import { en } from '../../src/lib/words/en.ts';
import { createOwnTrouble } from '../../src/subscriber/own-trouble.ts';
import { ANA, BO, idOf, says } from './events.ts';
import { LEASE_MS, type Scene, setScene } from './scene.ts';

const serverError = new ChatError('chat_unavailable', 'not now', { status: 500 });
const noAnswer = new ChatError('chat_unavailable', 'not now');
const timedOut = new ChatError('chat_unavailable', 'not now', { timedOut: true });
const quotaUsedUp = new ChatError('chat_rate_limited', 'not now', { status: 429 });
const retry = { result: 'retry', reason: 'chat_unavailable' };

/** Chat fails like this at whatever Ana posts, and at nothing else. */
async function poisoned(scene: Scene, error: ChatError): Promise<void> {
  await scene.connect(ANA);
  await scene.connect(BO);
  scene.chat.enter = ({ method, by }) => {
    if (method === 'createMessage' && by === ANA) throw error;
  };
}

const ask = (scene: Scene) => scene.dispatch(says('poison'));
const somebodyElse = async (scene: Scene, nth: number) =>
  assert.deepEqual(await scene.dispatch(says('fine', { person: BO, id: `other ${nth}` })), {
    result: 'answered',
  });

for (const [what, error, apology] of [
  ['what Chat fails at for one request alone ends in one private apology', serverError, en.apology],
  [
    'what Chat lets hang for one request alone ends so, too, but may be done',
    timedOut,
    en.apologyUnsure,
  ],
] as const) {
  it(`${what}, and others go on`, async (t) => {
    const scene = setScene(t);
    await poisoned(scene, error);
    assert.deepEqual(await ask(scene), retry, 'may be an outage');
    for (let failure = 1; failure <= 4; failure++) {
      await somebodyElse(scene, failure);
      assert.deepEqual(await ask(scene), retry, `${failure}`);
    }
    await somebodyElse(scene, 5);
    assert.deepEqual(await ask(scene), { result: 'failed', reason: 'chat_unavailable' });
    assert.deepEqual(await ask(scene), { result: 'duplicate' });
    const forAna = scene.chat.messages().filter(({ privateTo }) => privateTo === ANA);
    assert.deepEqual(
      forAna.map(({ text }) => text),
      [apology],
    );
  });
}

it('what may be done, since it hung, is not denied when its person can only be told later', async (t) => {
  const scene = setScene(t);
  await poisoned(scene, timedOut);
  await ask(scene);
  for (let failure = 1; failure <= 4; failure++) {
    await somebodyElse(scene, failure);
    assert.deepEqual(await ask(scene), retry, `${failure}`);
  }
  await somebodyElse(scene, 5);
  scene.chat.enter = ({ by }) => {
    throw by === 'app' ? noAnswer : timedOut;
  };
  assert.deepEqual(await ask(scene), retry, 'nobody can be told');
  scene.chat.enter = () => {};
  scene.pass(LEASE_MS);
  assert.equal((await ask(scene)).result, 'failed');
  const forAna = scene.chat.messages().filter(({ privateTo }) => privateTo === ANA);
  assert.deepEqual(
    forAna.map(({ text }) => text),
    [en.apologyUnsure],
  );
});

it('what Chat fails at for all waits, however long', async (t) => {
  const scene = setScene(t);
  await poisoned(scene, serverError);
  await somebodyElse(scene, 0);
  for (let delivery = 1; delivery <= 20; delivery++) assert.deepEqual(await ask(scene), retry);
  assert.equal(scene.chat.messages().filter(({ privateTo }) => privateTo === ANA).length, 0);
});

for (const [what, error] of [
  ['a call for which there was no connection', noAnswer],
  ['a quota that is used up', quotaUsedUp],
] as const) {
  it(`${what} is no trouble of one request, whatever else goes well`, async (t) => {
    const scene = setScene(t);
    await poisoned(scene, error);
    for (let delivery = 1; delivery <= 20; delivery++) {
      assert.equal((await ask(scene)).result, 'retry');
      await somebodyElse(scene, delivery);
    }
    assert.equal(scene.chat.messages().filter(({ privateTo }) => privateTo === ANA).length, 0);
  });
}

it('what went well before the last failure says nothing, nor what other requests fail at', () => {
  const troubles = createOwnTrouble();
  const [one, other] = [idOf('one'), idOf('other')];
  troubles.worked();
  assert.equal(troubles.isOwn(one, serverError), false, 'its first');
  assert.equal(troubles.isOwn(one, serverError), false, 'nothing since');
  troubles.worked();
  assert.equal(troubles.isOwn(other, serverError), false, 'its first');
  assert.equal(troubles.isOwn(one, serverError), true);
  assert.equal(troubles.isOwn(one, serverError), false, 'nothing since');
});
