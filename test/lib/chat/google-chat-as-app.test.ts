import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GoogleAuth } from 'google-auth-library';
import { textCard } from '../../../src/lib/chat/cards.ts';
import { idempotencyKeys } from '../../../src/lib/chat/idempotency.ts';
import { messageName } from '../../../src/lib/names.ts';
import { bearer } from '../../support/bearer.ts';
import { ana, busy, posted, scene, space, step, thread } from './scene.ts';
import { googleError } from './scripted-server.ts';

describe('the app', () => {
  it('posts a text, with identifiers that make a repeat harmless', async (t) => {
    const { chat, server, signal } = await scene(t, [posted]);
    const result = await chat.asApp.createMessage(space, { text: 'Hello' }, step, signal);

    assert.deepEqual(result, { name: 'spaces/AAA/messages/M.M', already: false });
    const [request] = server.requests;
    assert.equal(request?.method, 'POST');
    assert.equal(request?.path, '/v1/spaces/AAA/messages');
    assert.deepEqual(request?.query, { ...idempotencyKeys(step, 'app', { text: 'Hello' }) });
    assert.equal(request?.headers.authorization, 'Bearer app-token');
    assert.deepEqual(request?.body, { text: 'Hello' });
  });

  it('posts a private card in a thread', async (t) => {
    const { chat, server, signal } = await scene(t, [posted]);
    const card = textCard({ title: 'Hello', paragraphs: ['World'] });
    await chat.asApp.createMessage(space, { card, thread, privateTo: ana }, step, signal);

    const [request] = server.requests;
    const body = {
      cardsV2: [{ cardId: 'postern', card }],
      fallbackText: 'Hello',
      thread: { name: thread },
      privateMessageViewer: { name: ana },
    };
    assert.deepEqual(request?.body, body);
    assert.deepEqual(request?.query, {
      ...idempotencyKeys(step, 'app', body),
      messageReplyOption: 'REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD',
    });
  });

  it('may be given as GoogleAuth', async (t) => {
    const appAuth = new GoogleAuth({ authClient: bearer('token-of-google-auth') });
    const { chat, server, signal } = await scene(t, [posted], { appAuth });
    await chat.asApp.createMessage(space, { text: 'Hello' }, step, signal);
    assert.equal(server.requests[0]?.headers.authorization, 'Bearer token-of-google-auth');
  });

  for (const content of [{ text: 'Done' }, { card: textCard({ title: 'Done', paragraphs: [] }) }]) {
    it(`replaces all of a message by a ${Object.keys(content).join()}`, async (t) => {
      const { chat, server, signal } = await scene(t, [busy, posted]);
      const name = messageName.parse('spaces/AAA/messages/client-postern-1');
      await chat.asApp.patchMessage(name, content, signal);

      const [first, second] = server.requests;
      assert.equal(first?.method, 'PATCH');
      assert.equal(first?.path, '/v1/spaces/AAA/messages/client-postern-1');
      assert.deepEqual(first?.query, { updateMask: 'text,cardsV2' });
      assert.deepEqual(first?.body, {
        text: content.text ?? '',
        cardsV2: content.card === undefined ? [] : [{ cardId: 'postern', card: content.card }],
      });
      assert.deepEqual(second?.body, first?.body);
    });
  }

  it('reads what the buttons of its own message would bring back', async (t) => {
    const button = (parameters: unknown) => ({
      onClick: { action: { function: 'f', parameters } },
    });
    const pairs = [
      { key: 'to', value: 'resolved' },
      { key: '__proto__', value: 'kept as a key' },
      { key: 'no value' },
      null,
    ];
    const buttons = [button(pairs), { onClick: { openLink: {} } }, button(undefined), 'odd'];
    const sections = [{ widgets: [{ textParagraph: {} }, { buttonList: { buttons } }] }, {}];
    const body = { name: 'spaces/AAA/messages/M.M', cardsV2: [{ card: { sections } }, {}] };
    const { chat, server, signal } = await scene(t, [busy, { body }]);
    const read = await chat.asApp.readButtons(messageName.parse(body.name), signal);

    const [first, ...more] = read.map((one) => Object.entries(one));
    assert.deepEqual(first, [
      ['to', 'resolved'],
      ['__proto__', 'kept as a key'],
    ]);
    assert.deepEqual(more, [[]]);
    assert.equal(server.requests[1]?.method, 'GET');
    assert.equal(server.requests[1]?.path, '/v1/spaces/AAA/messages/M.M');
    assert.equal(server.requests[1]?.headers.authorization, 'Bearer app-token');
  });

  for (const body of [{}, { cardsV2: [] }, { text: 'Hello', cardsV2: null }]) {
    it(`finds no button in ${JSON.stringify(body)}`, async (t) => {
      const { chat, signal } = await scene(t, [{ body }]);
      const name = messageName.parse('spaces/AAA/messages/M.M');
      assert.deepEqual(await chat.asApp.readButtons(name, signal), []);
    });
  }

  it('finds the direct message with a person', async (t) => {
    const { chat, server, waits, signal } = await scene(t, [
      busy,
      { body: { name: 'spaces/DM1' } },
    ]);
    assert.equal(await chat.asApp.findDirectMessage(ana, signal), 'spaces/DM1');
    assert.deepEqual(waits, [250]);
    assert.equal(server.requests[1]?.method, 'GET');
    assert.equal(server.requests[1]?.path, '/v1/spaces:findDirectMessage');
    assert.deepEqual(server.requests[1]?.query, { name: 'users/1001' });
  });

  it('finds out that there is no direct message', async (t) => {
    const none = googleError(404, 'NOT_FOUND', 'Requested entity was not found.');
    const { chat, signal } = await scene(t, [none]);
    assert.equal(await chat.asApp.findDirectMessage(ana, signal), undefined);
  });

  it('does not take a missing Chat app for a missing direct message', async (t) => {
    const { chat, signal } = await scene(t, [
      googleError(404, 'NOT_FOUND', 'Google Chat app not found. To create a Chat app, …'),
    ]);
    await assert.rejects(chat.asApp.findDirectMessage(ana, signal), {
      code: 'chat_app_not_configured',
    });
  });
});
