import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { chat_v1 } from '@googleapis/chat';
import { ana } from '../world/new-world.ts';
import { DENIED, type RunningChat, refused, startChat, type Token } from './running-chat.ts';

let chat: RunningChat;
before(async () => {
  chat = await startChat();
});
after(() => chat.stop());

const messages = (token: Token): chat_v1.Resource$Spaces$Messages => chat.as(token).spaces.messages;

async function posted(
  token: Token,
  more: Partial<chat_v1.Params$Resource$Spaces$Messages$Create> = {},
): Promise<string> {
  const requestBody = { text: 'hi' };
  const { data } = await messages(token).create({ parent: chat.room, requestBody, ...more });
  return data.name ?? '';
}

suite('Getting a message', () => {
  test('works by its name and by its client-assigned id', async () => {
    const name = await posted('ana', { messageId: 'client-get' });
    for (const alias of [name, `${chat.room}/messages/client-get`]) {
      const { data } = await messages('app').get({ name: alias });
      assert.equal(data.name, name);
      assert.deepEqual(data.sender, { name: ana, displayName: 'Ana', type: 'HUMAN' });
    }
  });

  test('shows a person more of the sender, and less of the space', async () => {
    const { data } = await messages('bruno').get({ name: await posted('ana') });
    assert.partialDeepStrictEqual(data.sender, { name: ana, email: 'ana@example.com' });
    assert.deepEqual(data.space, { name: chat.room });
  });

  test('that isn’t there is forbidden, as everything that one mustn’t see', async () => {
    await refused(messages('app').get({ name: `${chat.room}/messages/none` }), 403, DENIED);
  });
});

suite('Patching a message', () => {
  const patch = (token: Token, name: string, requestBody: object, updateMask?: string) =>
    messages(token).patch({
      name,
      requestBody,
      ...(updateMask === undefined ? {} : { updateMask }),
    });

  test('changes what is in the mask, and nothing else', async () => {
    const name = await posted('app', {
      requestBody: { text: 'one', cardsV2: [{ cardId: 'a', card: { name: 'a' } }] },
    });
    const body = { text: 'two', cardsV2: [] };
    const { data } = await patch('app', name, body, 'text');
    assert.equal(data.text, 'two');
    assert.equal(data.formattedText, 'two');
    assert.equal(data.cardsV2?.length, 1);
    assert.ok((data.lastUpdateTime ?? '') > (data.createTime ?? ''));
    assert.equal((await messages('app').get({ name })).data.text, 'two');
  });

  for (const mask of ['cards_v2', 'cardsV2', 'text,cardsV2', '*']) {
    test(`takes the mask ${mask} of the app`, async () => {
      const name = await posted('app');
      const cardsV2 = [{ cardId: 'a', card: { name: 'a' } }];
      const { data } = await patch('app', name, { text: 'x', cardsV2 }, mask);
      assert.deepEqual(data.cardsV2, cardsV2);
    });
  }

  test('clears what is in the mask and not in the body, but never everything', async () => {
    const name = await posted('app', {
      requestBody: { text: 'one', cardsV2: [{ cardId: 'a', card: { name: 'a' } }] },
    });
    assert.equal((await patch('app', name, {}, 'text')).data.text, undefined);
    await refused(patch('app', name, {}, 'cardsV2'), 400, /empty/);
  });

  test('PUT does the same', async () => {
    const name = await posted('app');
    const { data } = await messages('app').update({
      name,
      updateMask: 'text',
      requestBody: { text: 'put' },
    });
    assert.equal(data.text, 'put');
  });

  test('needs a mask of known paths', async () => {
    const name = await posted('app');
    await refused(patch('app', name, { text: 'x' }), 400, /mask/);
    await refused(patch('app', name, { text: 'x' }, 'sender'), 400, /sender/);
    await refused(patch('ana', await posted('ana'), { text: 'x' }, 'cards_v2'), 400, /cardsV2/);
  });

  test('is for the sender', async () => {
    await refused(patch('app', await posted('ana'), { text: 'x' }, 'text'), 403, DENIED);
    await refused(patch('bruno', await posted('ana'), { text: 'x' }, 'text'), 403, DENIED);
    assert.equal((await patch('ana', await posted('ana'), { text: 'x' }, 'text')).data.text, 'x');
  });

  test('creates nothing', async () => {
    const call = messages('app').patch({
      name: `${chat.room}/messages/client-new`,
      updateMask: 'text',
      allowMissing: true,
      requestBody: { text: 'x' },
    });
    await refused(call, 501);
  });
});

suite('Deleting a message', () => {
  test('is for the sender, and for good', async () => {
    const name = await posted('app');
    await refused(messages('ana').delete({ name }), 403, DENIED);
    assert.deepEqual((await messages('app').delete({ name })).data, {});
    await refused(messages('app').get({ name }), 403, DENIED);
  });

  test('that has replies takes force of a person', async () => {
    const name = await posted('ana');
    const thread = (await messages('ana').get({ name })).data.thread ?? {};
    const reply = await posted('app', {
      requestBody: { text: 'reply', thread: { name: thread.name ?? '' } },
      messageReplyOption: 'REPLY_MESSAGE_OR_FAIL',
    });
    await refused(messages('ana').delete({ name }), 400, /replies/);
    await messages('ana').delete({ name, force: true });
    await refused(messages('app').get({ name: reply }), 403, DENIED);
  });
});
