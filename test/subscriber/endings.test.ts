import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CHAT_MESSAGES_CREATE } from '../../src/lib/authorization/scopes.ts';
import { hours, minutes } from '../../src/lib/clock.ts';
import { ChatError } from '../../src/lib/errors.ts';
import type { AppCommand, PersonCommand } from '../../src/subscriber/commands/command.ts';
import { setSchedules } from './commands/schedule-scene.ts';
import { ANA, event, idOf, ROOM, says } from './events.ts';
import { wordsOf } from './recording-chat.ts';
import { type Scene, setScene } from './scene.ts';

/** What the log says of how an attempt ended, without the error's details. */
function endOf({ logged }: Scene) {
  const line = logged.find(({ requestId }) => requestId === idOf('one'));
  const { severity, message, failures, error } = line ?? {};
  return { severity, message, failures, hasError: error !== undefined };
}

/** The steps of the app's messages, which their ids in Chat are made from. */
const stepsOf = ({ chat }: Scene) =>
  chat.calls.flatMap(({ method, by, step }) =>
    method === 'createMessage' && by === 'app' ? [step] : [],
  );

const failPosts = ({ chat }: Scene, error: Error): void => {
  chat.enter = ({ by }) => {
    if (by === ANA) throw error;
  };
};

describe('how an attempt ended is told by the log, with its request and its error:', () => {
  const outage = new ChatError('chat_unavailable', 'not now');
  const refusal = new ChatError('chat_forbidden', 'no');
  for (const [what, error, expected] of [
    ['an outage', outage, { severity: 'WARNING', message: 'request waits for an outage to end' }],
    ['a refusal', refusal, { severity: 'WARNING', message: 'request refused' }],
    [
      'a failure',
      new TypeError('a bug'),
      { severity: 'ERROR', message: 'request failed', failures: 1 },
    ],
  ] as const) {
    it(what, async (t) => {
      const scene = setScene(t);
      await scene.connect();
      failPosts(scene, error);
      await scene.dispatch(says('good news'));
      assert.deepEqual(endOf(scene), { failures: undefined, ...expected, hasError: true });
    });
  }

  it('a status that could not be shown', async (t) => {
    const scene = setScene(t);
    scene.sleep = async () => {};
    const { promise: shown, resolve: show } = Promise.withResolvers<void>();
    const slow: AppCommand = {
      name: 'slow',
      summary: () => 'Takes a while.',
      as: 'app',
      run: ({ withStatus }) =>
        withStatus('Beginning …', async () => {
          await shown;
          return { text: 'Done.' };
        }),
    };
    scene.chat.enter = () => {
      scene.chat.enter = () => {};
      show();
      throw new ChatError('chat_forbidden', 'no');
    };
    const { result } = await scene.worker([slow]).dispatch(event(says('slow')));
    assert.equal(result, 'answered');
    const message = 'how far the work is could not be shown';
    const expected = { severity: 'WARNING', message, failures: undefined, hasError: true };
    assert.deepEqual(endOf(scene), expected);
  });
});

describe('the message that says so is the same one, whichever version says it again:', () => {
  it('a refusal', async (t) => {
    const scene = setScene(t);
    await scene.connect();
    failPosts(scene, new ChatError('chat_forbidden', 'no'));
    await scene.dispatch(says('good news'));
    assert.deepEqual(stepsOf(scene), ['refusal']);
  });

  it('an apology', async (t) => {
    const scene = setScene(t);
    await scene.connect();
    failPosts(scene, new TypeError('a bug'));
    for (let failure = 1; failure <= 5; failure++) await scene.dispatch(says('good news'));
    assert.deepEqual(stepsOf(scene), ['apology']);
  });
});

describe('a plan', () => {
  it('that is given up keeps its hour, and its text, for a replay', async (t) => {
    const { scene, schedule, pass, posts } = setSchedules(t);
    await scene.connect();
    await schedule('in 20 minutes Back');
    const hour = scene.now() + minutes(20);
    failPosts(scene, new TypeError('a bug'));
    assert.deepEqual(await pass(minutes(20)), ['retry']);
    const due = { outcome: 'due', requestId: idOf('one'), space: ROOM } as const;
    for (let failure = 2; failure <= 5; failure++) await scene.worker().dispatch(due);
    const { administration } = scene.store;
    const entry = await administration.findRequest(idOf('one'));
    assert.deepEqual([entry?.outcome, entry?.kept?.scheduledFor], ['failed', hour]);

    scene.chat.enter = () => {};
    await administration.replay(idOf('one'), scene.now());
    assert.deepEqual(await pass(minutes(1)), ['answered']);
    assert.deepEqual(posts(), ['Back']);
  });

  it('whose consent came at last is its plan, not what asked for the consent', async (t) => {
    const seen: boolean[] = [];
    const later: PersonCommand = {
      name: 'later',
      summary: () => 'Does something in an hour.',
      as: 'user',
      scopes: [CHAT_MESSAGES_CREATE],
      plan: async ({ now }) => ({ at: now() + hours(1), text: 'then' }),
      run: async ({ consented }) => void seen.push(consented),
    };
    const { scene, pass } = setSchedules(t, (made) => made.worker([later]));
    const grant = await scene.connect();
    await scene.worker([later]).dispatch(event(says('later')));
    await scene.store.grants.delete(ANA, grant.version);
    assert.deepEqual(await pass(hours(1)), ['parked']);
    await scene.consent(scene.link());
    assert.deepEqual(await pass(0), ['answered']);
    assert.deepEqual(seen, [false]);
  });
});

it('a request whose command needs no consent any more is answered without one, and its card stays', async (t) => {
  const scene = setScene(t);
  const asPerson: PersonCommand = {
    name: 'word',
    summary: () => 'Says a word.',
    as: 'user',
    scopes: [CHAT_MESSAGES_CREATE],
    run: async () => {},
  };
  const asApp: AppCommand = {
    name: 'word',
    summary: () => 'Says a word.',
    as: 'app',
    run: ({ reply }) => reply({ text: 'the word' }),
  };
  const [asked, newer] = [scene.worker([asPerson]), scene.worker([asApp])];
  assert.equal((await asked.dispatch(event(says('word')))).result, 'parked');
  await scene.consent(scene.link());
  const { version = 0 } = (await scene.store.grants.get(ANA)) ?? {};
  await scene.store.grants.delete(ANA, version);
  const due = { outcome: 'due', requestId: idOf('one'), space: ROOM } as const;
  assert.deepEqual(await newer.dispatch(due), { result: 'answered' });
  assert.ok(!scene.chat.calls.some(({ method }) => method === 'patchMessage'));
  assert.equal(wordsOf(scene.chat.messages().at(-1) ?? assert.fail()), 'the word');
});
