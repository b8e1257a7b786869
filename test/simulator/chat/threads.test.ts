import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { type Body, type Create, creator } from './creator.ts';
import { type RunningChat, refused, startChat } from './running-chat.ts';

let chat: RunningChat;
let create: Create;
before(async () => {
  chat = await startChat();
  create = creator(chat);
});
after(() => chat.stop());

suite('The thread of a new message', () => {
  const orFail = { messageReplyOption: 'REPLY_MESSAGE_OR_FAIL' };
  const orNew = { messageReplyOption: 'REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD' };
  const threadOf = ({ thread }: Body): string => thread?.name ?? '';

  test('is the one it names, when it asks for a reply', async () => {
    const thread = threadOf(await create('app', { text: 'one' }));
    for (const option of [orFail, orNew]) {
      const reply = await create('ana', { text: 'two', thread: { name: thread } }, option);
      assert.equal(threadOf(reply), thread);
      assert.equal(reply.threadReply, true);
    }
  });

  test('is a new one, when it doesn’t ask for a reply', async () => {
    const thread = threadOf(await create('app', { text: 'one' }));
    assert.notEqual(
      threadOf(await create('app', { text: 'two', thread: { name: thread } })),
      thread,
    );
  });

  test('that isn’t there is not found, or new', async () => {
    const thread = { name: `${chat.room}/threads/none` };
    await refused(create('app', { text: 'x', thread }, orFail), 404);
    assert.notEqual(threadOf(await create('app', { text: 'x', thread }, orNew)), thread.name);
  });

  test('in another space is not found', async () => {
    const elsewhere = await create('app', { text: 'one' }, {}, chat.dm);
    const thread = { name: threadOf(elsewhere) };
    await refused(create('app', { text: 'x', thread }, orFail), 404);
  });

  test('with a key is made by the first, and found by the next', async () => {
    const thread = { threadKey: 'launch' };
    const first = await create('app', { text: 'one', thread }, orFail);
    const second = await create('app', { text: 'two', thread }, orFail);
    assert.equal(threadOf(second), threadOf(first));
    assert.equal(first.thread?.threadKey, 'launch');
    assert.deepEqual([first.threadReply, second.threadReply], [undefined, true]);
  });

  test('is always a new one in a direct message', async () => {
    const thread = { name: threadOf(await create('app', { text: 'one' }, {}, chat.dm)) };
    const second = await create('app', { text: 'two', thread }, orNew, chat.dm);
    assert.notEqual(threadOf(second), thread.name);
  });
});
