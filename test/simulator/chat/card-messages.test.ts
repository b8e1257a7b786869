import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { chat_v1 } from '@googleapis/chat';
import { approveButton, cardWith } from '../events/published.ts';
import { ana, bruno } from '../world/new-world.ts';
import { DENIED, type RunningChat, refused, startChat, type Token } from './running-chat.ts';

/** What a status card and a private list live on: the app posts it, reads it again, and changes it when it is clicked. */

let chat: RunningChat;
before(async () => {
  chat = await startChat();
});
after(() => chat.stop());

const messages = (token: Token): chat_v1.Resource$Spaces$Messages => chat.as(token).spaces.messages;

const cards = (...labels: string[]): chat_v1.Schema$CardWithId[] => [
  {
    cardId: 'status',
    card: cardWith(labels.map((text) => ({ ...approveButton(text), text }))),
  },
];

async function posted(body: chat_v1.Schema$Message = {}, parent = chat.room): Promise<string> {
  const requestBody = { cardsV2: cards('Investigating', 'Resolved'), ...body };
  const { data } = await messages('app').create({ parent, requestBody });
  return data.name ?? '';
}

const privately = (): Promise<string> => posted({ privateMessageViewer: { name: ana } });

const get = async (token: Token, name: string): Promise<chat_v1.Schema$Message> =>
  (await messages(token).get({ name })).data;

const patch = async (
  token: Token,
  name: string,
  requestBody: chat_v1.Schema$Message,
): Promise<chat_v1.Schema$Message> =>
  (await messages(token).patch({ name, requestBody, updateMask: 'text,cardsV2' })).data;

suite('Getting a message with a card', () => {
  for (const token of ['app', 'ana', 'bruno'] as const) {
    test(`gives ${token} the card as it was posted`, async () => {
      const message = await get(token, await posted());
      assert.deepEqual(message.cardsV2, cards('Investigating', 'Resolved'));
      assert.equal(message.lastUpdateTime, undefined);
    });
  }

  test('that is private is for the app and its viewer', async () => {
    const name = await privately();
    for (const token of ['app', 'ana'] as const) {
      const message = await get(token, name);
      assert.equal(message.privateMessageViewer?.name, ana);
      assert.deepEqual(message.cardsV2, cards('Investigating', 'Resolved'));
    }
    await refused(get('bruno', name), 403, DENIED);
  });

  test('takes a person a scope that lets them read', async () => {
    await refused(get('ana-may-post', await posted()), 403, /insufficient authentication scopes/);
  });

  test('takes the app to be in the space, still', async () => {
    const name = await posted({}, chat.dm);
    await chat.world.removeApp(ana, chat.dm);
    await refused(get('app', name), 403, 'This Chat app is not a member of this space.');
    await refused(get('app', 'spaces/none/messages/none'), 403, DENIED);
    await chat.world.addApp(ana, chat.dm);
    assert.equal((await get('app', name)).name, name);
  });
});

suite('Patching a message with a card', () => {
  test('changes it for everybody, and tells when', async () => {
    const name = await posted();
    const first = await patch('app', name, { text: 'Done', cardsV2: cards('Reopen') });
    assert.deepEqual([first.text, first.cardsV2], ['Done', cards('Reopen')]);
    assert.ok((first.lastUpdateTime ?? '') > (first.createTime ?? ''));
    const second = await patch('app', name, { cardsV2: cards('Closed') });
    assert.equal(second.text, undefined);
    assert.ok((second.lastUpdateTime ?? '') > (first.lastUpdateTime ?? ''));
    for (const token of ['app', 'bruno'] as const) {
      const { cardsV2, lastUpdateTime, createTime } = await get(token, name);
      assert.deepEqual(cardsV2, cards('Closed'));
      assert.deepEqual([lastUpdateTime, createTime], [second.lastUpdateTime, first.createTime]);
    }
  });

  test('works on private ones, which stay private', async () => {
    const name = await privately();
    const { privateMessageViewer } = await patch('app', name, { cardsV2: cards('Cancel') });
    assert.equal(privateMessageViewer?.name, ana);
    const seen = (user: string): boolean =>
      chat.world
        .messagesSeenBy(user, chat.room)
        .some(({ resource }) => resource.name === name && resource.lastUpdateTime !== undefined);
    assert.deepEqual([seen(ana), seen(bruno)], [true, false]);
  });

  test('is not for those who read it', async () => {
    const change = { name: await privately(), requestBody: { text: 'mine' }, updateMask: 'text' };
    for (const token of ['ana', 'bruno'] as const) {
      await refused(messages(token).patch(change), 403, DENIED);
    }
  });

  test('is not for the app, where a person has written', async () => {
    const { resource } = await chat.world.write(ana, chat.room, 'mine');
    await refused(patch('app', resource.name, { text: 'its' }), 403, DENIED);
    assert.equal((await get('app', resource.name)).text, 'mine');
  });

  const wrong: [what: string, body: () => chat_v1.Schema$Message, message: RegExp][] = [
    ['with nothing', () => ({}), /empty/],
    ['with a card over 32 KB', () => ({ cardsV2: cards('x'.repeat(32_768)) }), /too long/],
    [
      'with a button that does nothing',
      () => ({ cardsV2: [{ card: cardWith([{ text: 'Go' }]) }] }),
      /on_click' is missing/,
    ],
  ];
  for (const [what, body, message] of wrong) {
    test(`${what} is refused, and changes nothing`, async () => {
      const name = await posted();
      await refused(patch('app', name, body()), 400, message);
      const { cardsV2, lastUpdateTime } = await get('app', name);
      assert.deepEqual([cardsV2, lastUpdateTime], [cards('Investigating', 'Resolved'), undefined]);
    });
  }
});
