import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { chat_v1 } from '@googleapis/chat';
import { ana, bruno, echo, postern } from '../world/new-world.ts';
import { type Body, type Create, creator, type Parameters } from './creator.ts';
import { DENIED, type RunningChat, refused, startChat, type Token } from './running-chat.ts';

let chat: RunningChat;
let create: Create;
before(async () => {
  chat = await startChat();
  create = creator(chat);
});
after(() => chat.stop());

const card = (widgets = 1): chat_v1.Schema$GoogleAppsCardV1Card => ({
  sections: [{ widgets: Array.from({ length: widgets }, () => ({ divider: {} })) }],
});

suite('A new message', () => {
  test('of the app comes back whole', async () => {
    const message = await create('app', { text: `Hi <${ana}>` }, { messageId: 'client-whole' });
    assert.match(message.name ?? '', new RegExp(`^${chat.room}/messages/([\\w-]{11})\\.\\1$`));
    assert.partialDeepStrictEqual(message, {
      sender: { name: postern, displayName: 'Postern', type: 'BOT' },
      text: 'Hi @Ana',
      formattedText: `Hi <${ana}>`,
      clientAssignedMessageId: 'client-whole',
      space: { name: chat.room, spaceType: 'SPACE' },
      annotations: [{ startIndex: 3, length: 4, userMention: { user: { name: ana } } }],
    });
    assert.match(message.thread?.name ?? '', new RegExp(`^${chat.room}/threads/`));
    assert.match(message.createTime ?? '', /^2026-07-30T12:00:00\.\d{6}Z$/);
  });

  test('of a person is theirs, by way of the app', async () => {
    const message = await create('ana', { text: 'hi' });
    assert.partialDeepStrictEqual(message, { sender: { name: ana, type: 'HUMAN' } });
    assert.deepEqual(message.space, { name: chat.room });
    const stored = chat.world.messages(chat.room).at(-1);
    assert.equal(stored?.resource.name, message.name);
    assert.equal(stored?.via, chat.world.app.id);
  });

  test('can be a card', async () => {
    const cardsV2 = [{ cardId: 'one', card: card() }];
    const message = await create('app', { cardsV2 });
    assert.deepEqual(message.cardsV2, cardsV2);
    assert.equal(message.text, undefined);
  });

  test('that is private is seen by its viewer, and by nobody else', async () => {
    for (const name of [ana, 'users/ana@example.com']) {
      const message = await create('app', { text: 'psst', privateMessageViewer: { name } });
      assert.equal(message.privateMessageViewer?.name, ana);
      const seenBy = (user: string): boolean =>
        chat.world
          .messagesSeenBy(user, chat.room)
          .some(({ resource }) => resource.name === message.name);
      assert.deepEqual([seenBy(ana), seenBy(bruno)], [true, false]);
      await refused(
        chat.as('bruno').spaces.messages.get({ name: message.name ?? '' }),
        403,
        DENIED,
      );
    }
  });
});

suite('Refused is', () => {
  const long = 'a'.repeat(32_001);
  const named = (cardId: string): Body => ({
    cardsV2: [
      { cardId, card: card() },
      { cardId: 'x', card: card() },
    ],
  });
  const human = /for requests carrying human credentials/;
  const cases: {
    what: string;
    token?: Token;
    body?: Body;
    parameters?: Parameters;
    status?: number;
    message?: RegExp;
  }[] = [
    { what: 'an empty message', body: {}, message: /^Message cannot be empty/ },
    { what: 'more than 32,000 bytes', body: { text: long }, message: /too long/ },
    { what: 'more than 32,000 bytes in fewer characters', body: { text: '€'.repeat(10_667) } },
    {
      what: 'text and card over 32,000 bytes together',
      body: { text: long.slice(0, 31_990), cardsV2: [{ card: card() }] },
    },
    { what: 'two cards without ids', body: named('') },
    { what: 'two cards of the same id', body: named('x') },
    { what: 'an entry without its card', body: { cardsV2: [{ cardId: 'x' }] } },
    {
      what: 'a card of a person',
      token: 'ana',
      body: { cardsV2: [{ card: card() }] },
      message: human,
    },
    {
      what: 'an accessory widget of a person',
      token: 'ana',
      body: { text: 'x', accessoryWidgets: [{ buttonList: {} }] },
      message: human,
    },
    {
      what: 'a private message of a person',
      token: 'ana',
      body: { text: 'x', privateMessageViewer: { name: bruno } },
      message: human,
    },
    {
      what: 'a notification type of a person',
      token: 'ana',
      parameters: {
        'createMessageNotificationOptions.notificationType': 'NOTIFICATION_TYPE_SILENT',
      },
    },
    {
      what: 'a private message to an app',
      body: { text: 'x', privateMessageViewer: { name: postern } },
    },
    {
      what: 'a private message to nobody',
      body: { text: 'x', privateMessageViewer: { name: 'users/1' } },
    },
    {
      what: 'a thread key of 4,001 characters',
      body: { text: 'x', thread: { threadKey: 'k'.repeat(4001) } },
    },
    {
      what: 'a client-assigned id in the body',
      body: { text: 'x', clientAssignedMessageId: 'client-x' },
      message: /`messageId`/,
    },
    ...['custom', 'client-', 'client-UPPER', 'client-a_b', `client-${'a'.repeat(57)}`].map(
      (messageId) => ({
        what: `the message id ${messageId.slice(0, 20)}`,
        parameters: { messageId },
        message: /^Invalid message ID/,
      }),
    ),
    { what: 'an attachment', body: { text: 'x', attachment: [{}] }, status: 501 },
    {
      what: 'a quote',
      body: {
        text: 'x',
        quotedMessageMetadata: { name: 'x', lastUpdateTime: '2026-07-30T12:00:00Z' },
      },
      status: 501,
    },
    { what: 'Markdown', body: { text: 'x', markupSyntax: 'MARKUP_SYNTAX_MARKDOWN' }, status: 501 },
  ];
  for (const {
    what,
    token = 'app',
    body = { text: 'x' },
    parameters,
    status = 400,
    message,
  } of cases) {
    test(what, async () => {
      const before = chat.world.messages(chat.room).length;
      await refused(create(token, body, parameters), status, message);
      assert.equal(chat.world.messages(chat.room).length, before);
    });
  }

  test('a private message to somebody who isn’t there', async () => {
    const body = { text: 'x', privateMessageViewer: { name: bruno } };
    await refused(create('app', body, {}, chat.dm), 403, DENIED);
  });

  test('a message where a person isn’t', async () => {
    await refused(create('bruno', { text: 'x' }, {}, chat.dm), 403, DENIED);
    assert.ok(!chat.world.space(chat.dm)?.members.includes(echo));
  });
});

suite('Just allowed is', () => {
  test('a message of 32,000 bytes', async () => {
    await create('app', { text: 'a'.repeat(32_000) });
  });

  test('a message id of 63 characters', async () => {
    await create('app', { text: 'x' }, { messageId: `client-${'a'.repeat(56)}` });
  });

  test('a hundred widgets: the section that goes beyond is ignored, and all after it', async () => {
    const sections = [
      ...(card(60).sections ?? []),
      ...(card(40).sections ?? []),
      ...(card(1).sections ?? []),
    ];
    const message = await create('app', { cardsV2: [{ card: { sections } }] });
    assert.equal(message.cardsV2?.[0]?.card?.sections?.length, 2);
  });
});

suite('What is posted as a person is an event for the app', () => {
  test('in a direct message with it, with the id that the app gave', async () => {
    chat.events.length = 0;
    await create('ana', { text: 'hi' }, { messageId: 'client-postern-1' }, chat.dm);
    assert.equal(chat.events.length, 1);
    assert.partialDeepStrictEqual(chat.events[0], {
      type: 'MESSAGE',
      user: { name: ana },
      message: { text: 'hi', clientAssignedMessageId: 'client-postern-1' },
    });
  });

  test('in a room only when it mentions it', async () => {
    chat.events.length = 0;
    await create('ana', { text: 'hi' });
    assert.deepEqual(chat.events, []);
    await create('ana', { text: `<${postern}> hi` });
    assert.partialDeepStrictEqual(chat.events, [
      { message: { text: '@Postern hi', argumentText: ' hi' } },
    ]);
  });

  test('but what the app says itself is none', async () => {
    chat.events.length = 0;
    await create('app', { text: 'hi' }, {}, chat.dm);
    assert.deepEqual(chat.events, []);
  });
});
