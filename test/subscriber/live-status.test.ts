import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { CHAT_MESSAGES_CREATE } from '../../src/lib/authorization/scopes.ts';
import { AuthorizationError, ChatError } from '../../src/lib/errors.ts';
import type {
  PersonCommand,
  PersonContext,
  SlowWork,
} from '../../src/subscriber/commands/command.ts';
import { ANA, event, ROOM, says } from './events.ts';
import { rest } from './fake-time.ts';
import { linkOf, type Shown } from './recording-chat.ts';
import { type Scene, setScene } from './scene.ts';

const asked = event(says('slow'));

type Task = (...call: [...Parameters<SlowWork>, PersonContext]) => ReturnType<SlowWork>;

const untilAborted: Scene['sleep'] = (_ms, signal) =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve()));

/** A command that works as told; every wait for a status is over at once. */
function setSlow(t: TestContext, work: Task = async () => ({ text: 'Done.' })) {
  const scene = setScene(t);
  scene.sleep = async () => {};
  const slow: PersonCommand = {
    name: 'slow',
    summary: () => 'Takes a while.',
    as: 'user',
    scopes: [CHAT_MESSAGES_CREATE],
    refusals: () => ({ 'not-allowed': 'Not this.' }),
    run: (context) => context.withStatus('Beginning …', (tell) => task.work(tell, context)),
  };
  const task = { work };
  const run = async () => (await scene.worker([slow]).dispatch(asked)).result;
  return { scene, task, run };
}

const texts = ({ chat }: Scene) => chat.messages().map(({ text }) => text);
const patches = ({ chat }: Scene) => chat.calls.filter(({ method }) => method === 'patchMessage');
const failWith = (code: ChatError['code']) => Promise.reject(new ChatError(code, 'no'));
const only = (scene: Scene): Shown => {
  const [message, ...more] = scene.chat.messages();
  assert.deepEqual(more, []);
  return message ?? assert.fail('no message');
};

it('shows only the person how far it is, in one message that ends with the outcome', async (t) => {
  const shown: (string | undefined)[] = [];
  const { scene, run } = setSlow(t, async (tell) => {
    for (const step of ['One …', 'Two …']) {
      await rest();
      shown.push(only(scene).text);
      tell(step);
    }
    await rest();
    shown.push(only(scene).text);
    return { text: 'Done.' };
  });
  await scene.connect();
  assert.equal(await run(), 'answered');
  assert.deepEqual(shown, ['Beginning …', 'One …', 'Two …']);
  const { text, privateTo, space } = only(scene);
  assert.deepEqual([text, privateTo, space], ['Done.', ANA, ROOM]);
});

it('answers at once, and once, where the work takes no time', async (t) => {
  const { scene, run } = setSlow(t);
  scene.sleep = untilAborted;
  await scene.connect();
  await run();
  assert.deepEqual(texts(scene), ['Done.']);
  assert.deepEqual(patches(scene), []);
});

it('takes up the status of an attempt that an outage ended', async (t) => {
  const { scene, task, run } = setSlow(t);
  task.work = async () => {
    await rest();
    return failWith('chat_unavailable');
  };
  await scene.connect();
  assert.equal(await run(), 'retry');
  assert.equal(only(scene).text, 'Beginning …', 'it goes on');

  task.work = async () => ({ text: 'Done.' });
  scene.sleep = untilAborted;
  assert.equal(await run(), 'answered');
  assert.equal(only(scene).text, 'Done.');
});

it('writes the outcome again, when the process died before that was seen', async (t) => {
  const { scene, run } = setSlow(t, async () => {
    await rest();
    return { text: 'Done.' };
  });
  await scene.connect();
  scene.chat.enter = ({ method }) => {
    if (method === 'patchMessage') throw new ChatError('chat_unavailable', 'later');
  };
  assert.equal(await run(), 'retry');
  assert.equal(only(scene).text, 'Beginning …');
  scene.chat.enter = () => {};
  assert.equal(await run(), 'answered');
  assert.equal(only(scene).text, 'Done.');
});

for (const isShown of [true, false]) {
  const when = isShown ? 'in this attempt' : 'in an earlier one';
  it(`ends a status that stands since ${when} with the words of a refusal`, async (t) => {
    const { scene, task, run } = setSlow(t);
    await scene.connect();
    if (!isShown) {
      task.work = async () => {
        await rest();
        return failWith('chat_unavailable');
      };
      await run();
    }
    task.work = async () => {
      if (isShown) await rest();
      return failWith('chat_forbidden');
    };
    assert.equal(await run(), 'refused');
    assert.equal(only(scene).text, 'Not this.');
  });
}

for (const isShown of [true, false]) {
  const when = isShown ? 'every attempt' : 'the first attempt';
  it(`ends a status that ${when} has shown with the apology`, async (t) => {
    let attempts = 0;
    const { scene, run } = setSlow(t, async () => {
      if (attempts++ === 0 || isShown) await rest();
      throw new TypeError('a bug');
    });
    await scene.connect();
    assert.equal(await run(), 'retry');
    if (!isShown) scene.sleep = untilAborted;
    for (let failure = 2; failure <= 4; failure++) assert.equal(await run(), 'retry');
    assert.equal(only(scene).text, 'Beginning …', 'it goes on');
    assert.equal(await run(), 'failed');
    assert.match(only(scene).text ?? '', /sorry/);
  });
}

it('says that it waits, where Google has ended the grant in the middle of it', async (t) => {
  const { scene, task, run } = setSlow(t);
  task.work = async (_tell, { chat, request, step, signal }) => {
    await rest();
    await chat.createMessage(request.space.name, { text: 'Hello' }, step('post'), signal);
    return { text: 'Done.' };
  };
  scene.google.refresh = () => Promise.reject(new AuthorizationError('grant_revoked', 'ended'));
  await scene.connect();
  assert.equal(await run(), 'parked');
  const [status, card, ...more] = scene.chat.messages();
  assert.deepEqual(more, []);
  assert.match(status?.text ?? '', /as soon as you have connected/);
  assert.ok(card !== undefined && linkOf(card) !== undefined);
});

it('answers anew, once, where the person has deleted the status meanwhile', async (t) => {
  const { scene, task, run } = setSlow(t);
  task.work = async () => {
    await rest();
    scene.chat.delete(only(scene).name);
    return { text: 'Done.' };
  };
  await scene.connect();
  assert.equal(await run(), 'answered');
  const { text, privateTo } = only(scene);
  assert.deepEqual([text, privateTo], ['Done.', ANA]);
});

it('carries on where a status can’t be shown, and says so in the log only', async (t) => {
  const { scene, run } = setSlow(t, async (tell) => {
    await rest();
    tell('One …');
    await rest();
    return { text: 'Done.' };
  });
  await scene.connect();
  let failed = 0;
  scene.chat.enter = ({ method }) => {
    if (method === 'createMessage' && failed++ === 0) throw new ChatError('chat_forbidden', 'no');
  };
  assert.equal(await run(), 'answered');
  assert.equal(only(scene).text, 'Done.');
  assert.ok(
    scene.logged.some(({ message }) => message === 'how far the work is could not be shown'),
  );
});
