import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { type RunningChat, startChat } from './running-chat.ts';

let chat: RunningChat;
before(async () => {
  chat = await startChat();
});
after(() => chat.stop());

const unknownName = (name: string, at: string): string =>
  `Invalid JSON payload received. Unknown name "${name}" at '${at}': Cannot find field.`;
const missing = (at: string): string => `Required field '${at}' is missing.`;
const cannotBind = (name: string): string =>
  `Invalid JSON payload received. Unknown name "${name}": Cannot bind query parameter. Field '${name}' could not be found in request message.`;

suite('A body is read as Google’s protos say', () => {
  const card = (widget: unknown): unknown => ({
    cardsV2: [{ cardId: 'one', card: { sections: [{ widgets: [widget] }] } }],
  });
  const at = 'message.cards_v2[0].card.sections[0].widgets[0]';
  const textParagraph = 'google.apps.card.v1.TextParagraph';
  const cases: { what: string; body: unknown; message: string }[] = [
    { what: 'an unknown field', body: { txt: 'hi' }, message: unknownName('txt', 'message') },
    {
      what: 'a field in snake case',
      body: { cards_v2: [] },
      message: unknownName('cards_v2', 'message'),
    },
    {
      what: 'a field that every JavaScript object has',
      body: { constructor: {} },
      message: unknownName('constructor', 'message'),
    },
    {
      what: 'an unknown field deep in a card',
      body: card({ textParagraph: { txt: 'hi' } }),
      message: unknownName('txt', `${at}.text_paragraph`),
    },
    {
      what: 'a button that does nothing',
      body: card({ buttonList: { buttons: [{ text: 'Go' }] } }),
      message: missing(`${at}.button_list.buttons[0].on_click`),
    },
    {
      what: 'a card’s text that is empty',
      body: card({ decoratedText: { topLabel: 'Status', text: '' } }),
      message: missing(`${at}.decorated_text.text`),
    },
    {
      what: 'a header without a title',
      body: { cardsV2: [{ card: { header: { subtitle: 'x' } } }] },
      message: missing('message.cards_v2[0].card.header.title'),
    },
    {
      what: 'a section without widgets',
      body: { cardsV2: [{ card: { sections: [{ header: 'x', widgets: [] }] } }] },
      message: missing('message.cards_v2[0].card.sections[0].widgets'),
    },
    {
      what: 'a number for text',
      body: { text: 1 },
      message: `Invalid value at 'message.text' (TYPE_STRING), 1`,
    },
    {
      what: 'a string for a message',
      body: { thread: 'x' },
      message: `Invalid value at 'message.thread' (type.googleapis.com/google.chat.v1.Thread), "x"`,
    },
    {
      what: 'a list for one value',
      body: { text: ['hi'] },
      message: `Invalid JSON payload received. Unknown name "text" at 'message': Proto field is not repeating, cannot start list.`,
    },
    {
      what: 'one value for a list',
      body: { cardsV2: {} },
      message: `Invalid value at 'message.cards_v2' (list), {}`,
    },
    {
      what: 'a string for a flag',
      body: card({ decoratedText: { text: 'x', wrapText: 'yes' } }),
      message: `Invalid value at '${at}.decorated_text.wrap_text' (TYPE_BOOL), "yes"`,
    },
    {
      what: 'an unknown enum value',
      body: card({ textParagraph: { text: 'x', textSyntax: 'BBCODE' } }),
      message: `Invalid value at '${at}.text_paragraph.text_syntax' (type.googleapis.com/${textParagraph}.TextSyntax), "BBCODE"`,
    },
    {
      what: 'two kinds of widget in one',
      body: card({ divider: {}, textParagraph: { text: 'x' } }),
      message: `Invalid value at '${at}.text_paragraph' (oneof), oneof field 'data' is already set. Cannot set 'textParagraph'`,
    },
    {
      what: 'a field that only Chat sets',
      body: { text: 'hi', sender: { name: 'users/1' } },
      message: `Invalid value at 'message.sender': the field is output only.`,
    },
    {
      what: 'a list',
      body: [],
      message: `Invalid value at 'message' (type.googleapis.com/google.chat.v1.Message), []`,
    },
  ];
  for (const { what, body, message } of cases) {
    test(`${what} is refused`, async () => {
      const answer = await chat.send('POST', `/v1/${chat.room}/messages`, { body });
      const { code, status, message: said, details } = answer.error();
      assert.deepEqual([answer.status, code, status], [400, 400, 'INVALID_ARGUMENT']);
      assert.equal(said, message);
      assert.partialDeepStrictEqual(details, [
        {
          '@type': 'type.googleapis.com/google.rpc.BadRequest',
          fieldViolations: [{ description: message }],
        },
      ]);
      assert.deepEqual(chat.world.messages(chat.room), []);
    });
  }

  test('every violation is told', async () => {
    const answer = await chat.send('POST', `/v1/${chat.room}/messages`, { body: { a: 1, b: 2 } });
    assert.equal(answer.error().message.split('\n').length, 2);
  });

  test('null means that a field isn’t set', async () => {
    const body = { text: 'hi', cardsV2: null, thread: null };
    assert.equal((await chat.send('POST', `/v1/${chat.dm}/messages`, { body })).status, 200);
  });

  test('what isn’t JSON is refused, without quoting it', async () => {
    const answer = await chat.send('POST', `/v1/${chat.room}/messages`, { raw: '{"text": secret' });
    assert.equal(answer.error().status, 'INVALID_ARGUMENT');
    assert.ok(!answer.text.includes('secret'));
  });
});

suite('Query parameters are those of the method', () => {
  const cases: { what: string; query: string; message: string }[] = [
    { what: 'an unknown one', query: 'messageID=client-a', message: cannotBind('messageID') },
    { what: 'one of another method', query: 'updateMask=text', message: cannotBind('updateMask') },
    { what: 'one of the body', query: 'message.text=hi', message: cannotBind('message.text') },
    { what: 'one of the path', query: 'parent=spaces/x', message: cannotBind('parent') },
    {
      what: 'an unknown enum value',
      query: 'messageReplyOption=REPLY',
      message: `Invalid value at 'message_reply_option' (type.googleapis.com/google.chat.v1.CreateMessageRequest.MessageReplyOption), "REPLY"`,
    },
    {
      what: 'one given twice',
      query: 'requestId=a&requestId=b',
      message: `Invalid JSON payload received. Unknown name "requestId": Proto field is not repeating, cannot start list.`,
    },
  ];
  for (const { what, query, message } of cases) {
    test(`${what} is refused`, async () => {
      const path = `/v1/${chat.room}/messages?${query}`;
      const answer = await chat.send('POST', path, { body: { text: 'hi' } });
      assert.equal(answer.status, 400);
      assert.equal(answer.error().message, message);
    });
  }

  test('a number and a flag must be one', async () => {
    const list = await chat.send('GET', '/v1/spaces?pageSize=many');
    assert.equal(list.error().message, `Invalid value at 'page_size' (TYPE_INT32), "many"`);
    const get = await chat.send('GET', `/v1/${chat.room}?useAdminAccess=1`);
    assert.equal(get.error().message, `Invalid value at 'use_admin_access' (TYPE_BOOL), "1"`);
  });

  test('those of every Google API are taken', async () => {
    const query = 'alt=json&prettyPrint=false&$.xgafv=2&key=k&quotaUser=u';
    const answer = await chat.send('GET', `/v1/spaces?${query}`);
    assert.equal(answer.status, 200);
    assert.ok(!answer.text.trim().includes('\n'), 'not pretty');
  });

  test('partial responses and other formats are not simulated, and say so', async () => {
    for (const query of ['fields=name', 'alt=proto']) {
      const answer = await chat.send('GET', `/v1/spaces?${query}`);
      assert.equal(answer.status, 501);
      assert.equal(answer.error().status, 'UNIMPLEMENTED');
    }
  });
});

suite('Paths', () => {
  const noMethods = [
    'GET /v1/rooms',
    'POST /v1/spaces/x',
    'GET /v1//messages',
    'GET /v1/spaces/%E0%A4%A',
    'PATCH /v1/spaces/x/messages',
    'GET /v1/spaces:findDirectMessages',
    'GET /v1/<script>',
  ];
  for (const line of noMethods) {
    test(`${line} is no method, and answered in HTML`, async () => {
      const [verb = '', path = ''] = line.split(' ');
      const { status, headers, text } = await chat.send(verb, path);
      assert.equal(status, 404);
      assert.match(headers.get('content-type') ?? '', /^text\/html/);
      assert.match(text, /was not found on this server/);
      assert.ok(!text.includes('<script'));
    });
  }

  test('an encoded slash is no slash', async () => {
    const answer = await chat.send('GET', `/v1/${chat.room}%2Fmembers`);
    assert.equal(answer.error().status, 'PERMISSION_DENIED');
  });

  test('a method that the simulator doesn’t do says so, to those who may call at all', async () => {
    const answer = await chat.send('DELETE', '/v1/spaces/x');
    assert.equal(answer.status, 501);
    assert.equal(answer.error().message, "The simulator doesn't do the method DeleteSpace yet.");
    const authorization = 'Bearer nobody';
    const stranger = await chat.send('DELETE', '/v1/spaces/x', { authorization });
    assert.equal(stranger.status, 401);
  });
});
