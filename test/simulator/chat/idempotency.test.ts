import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { type Create, creator } from './creator.ts';
import { type RunningChat, refused, startChat } from './running-chat.ts';

let chat: RunningChat;
let create: Create;
before(async () => {
  chat = await startChat();
  create = creator(chat);
});
after(() => chat.stop());

suite('A repeated request', () => {
  test('with the same requestId brings the first message back, however different it is', async () => {
    const first = await create(
      'ana',
      { text: 'one' },
      { requestId: 'r-1', messageId: 'client-r1' },
    );
    const again = await create(
      'ana',
      { text: 'two' },
      { requestId: 'r-1', messageId: 'client-r1' },
    );
    assert.equal(again.name, first.name);
    assert.equal(again.text, 'one');
  });

  test('with a requestId of somebody else is refused', async () => {
    await create('ana', { text: 'one' }, { requestId: 'r-2' });
    await refused(create('bruno', { text: 'one' }, { requestId: 'r-2' }), 400, /another user/);
    await refused(create('app', { text: 'one' }, { requestId: 'r-2' }), 400, /another user/);
  });

  test('with the same messageId already exists, whoever sends it', async () => {
    await create('ana', { text: 'one' }, { messageId: 'client-taken' });
    for (const token of ['ana', 'app'] as const) {
      await refused(
        create(token, { text: 'x' }, { messageId: 'client-taken' }),
        409,
        /already exists/,
      );
    }
  });

  test('that comes twenty times at once posts one message', async () => {
    const before = chat.world.messages(chat.room).length;
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, () => create('ana', { text: 'x' }, { messageId: 'client-race' })),
    );
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
    assert.equal(chat.world.messages(chat.room).length, before + 1);
  });

  test('with the messageId of a deleted message still already exists', async () => {
    const { name } = await create('app', { text: 'one' }, { messageId: 'client-deleted' });
    await chat.as('app').spaces.messages.delete({ name: name ?? '' });
    await refused(create('app', { text: 'x' }, { messageId: 'client-deleted' }), 409);
  });

  test('with the same messageId in another space is a new message', async () => {
    await create('app', { text: 'one' }, { messageId: 'client-two-spaces' });
    await create('app', { text: 'one' }, { messageId: 'client-two-spaces' }, chat.dm);
  });
});
