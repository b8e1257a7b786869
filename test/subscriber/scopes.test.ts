import assert from 'node:assert/strict';
import { it } from 'node:test';
import { CHAT_MESSAGES_CREATE } from '../../src/lib/authorization/scopes.ts';
import type { PersonCommand } from '../../src/subscriber/commands/command.ts';
import { ANA, event, says } from './events.ts';
import { linkOf, wordsOf } from './recording-chat.ts';
import { setScene } from './scene.ts';

it('asks for a scope that was not granted, and does it when it is', async (t) => {
  const scene = setScene(t);
  await scene.connect(ANA, ['openid']);
  assert.deepEqual(await scene.dispatch(says('good news')), { result: 'parked' });
  assert.match(scene.chat.messages().map(wordsOf).join(), /needs a permission/);

  await scene.consent(scene.link(), ['openid']);
  assert.deepEqual(await scene.runDue(), [{ result: 'parked' }], 'still not granted');
  await scene.consent(scene.link(), [CHAT_MESSAGES_CREATE]);
  assert.deepEqual(await scene.runDue(), [{ result: 'answered' }]);
  assert.equal(scene.chat.messages().length, 2, 'one card, one post');
});

it('a command whose scope is missing leaves the others working', async (t) => {
  const scene = setScene(t);
  await scene.connect();
  const files: PersonCommand = {
    name: 'files',
    summary: () => 'Something else.',
    as: 'user',
    scopes: ['https://www.googleapis.com/auth/drive.file'],
    run: () => Promise.reject(new Error('must not run')),
  };
  const worker = scene.worker([files]);
  assert.equal((await worker.dispatch(event(says('files', { id: 'f' })))).result, 'parked');
  assert.equal((await worker.dispatch(event(says('hello', { id: 'p' })))).result, 'answered');
});

it('settles every card in the end, also one whose request was asked again by another’s', async (t) => {
  const scene = setScene(t);
  await scene.dispatch(says('first', { id: 'one' }));
  await scene.consent(scene.link(), ['openid']);
  await scene.dispatch(says('second', { id: 'two' }));
  assert.deepEqual(await scene.runDue(), [{ result: 'parked' }]);
  await scene.consent(scene.link());
  await scene.runDue();

  const shown = scene.chat.messages();
  assert.deepEqual(
    shown.filter((message) => linkOf(message) !== undefined),
    [],
  );
  assert.equal(shown.filter((message) => wordsOf(message).includes('is connected')).length, 2);
  const posts = shown.filter(({ by }) => by === ANA).map(wordsOf);
  assert.deepEqual(posts.toSorted(), ['first', 'second']);
});
