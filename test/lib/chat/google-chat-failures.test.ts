import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import { OAuth2Client } from 'google-auth-library';
import { textCard } from '../../../src/lib/chat/cards.ts';
import { ChatError } from '../../../src/lib/errors.ts';
import { messageName } from '../../../src/lib/names.ts';
import { ana, busy, posted, scene, space, step } from './scene.ts';
import { type Answer, googleError, startScriptedServer } from './scripted-server.ts';

describe('a message longer than Chat takes', () => {
  const limit = 32_000;

  it('is refused before any call, in bytes and not in characters', async (t) => {
    const { chat, server, signal } = await scene(t, [posted]);
    const text = 'ä'.repeat(limit / 2);
    await chat.asPerson(ana, 'token').createMessage(space, { text }, step, signal);
    for (const actor of [chat.asApp, chat.asPerson(ana, 'token')]) {
      await assert.rejects(actor.createMessage(space, { text: `${text}!` }, step, signal), {
        code: 'chat_invalid_request',
        message: /32001 bytes.*32000 at most/,
      });
    }
    assert.equal(server.requests.length, 1);
  });

  it('counts text and card together, also in a replacement', async (t) => {
    const { chat, server, signal } = await scene(t, []);
    const half = 'a'.repeat(limit / 2);
    const content = { text: half, card: textCard({ title: 'Half', paragraphs: [half] }) };
    const name = messageName.parse('spaces/AAA/messages/M');
    const tooLong = { code: 'chat_invalid_request' };
    await assert.rejects(chat.asApp.createMessage(space, content, step, signal), tooLong);
    await assert.rejects(chat.asApp.patchMessage(name, content, signal), tooLong);
    assert.equal(server.requests.length, 0);
  });
});

describe('what answers in the place of Chat', () => {
  for (const body of ['<html>Please sign in to the network</html>', ['spaces/AAA']]) {
    it(`is not believed: ${JSON.stringify(body)}`, async (t) => {
      const { chat, server, signal } = await scene(t, [{ body }, posted]);
      const result = await chat.asApp.createMessage(space, { text: 'Hello' }, step, signal);
      assert.equal(result.name, 'spaces/AAA/messages/M.M');
      assert.equal(server.requests.length, 2);
    });
  }

  it('is not believed when it names a space that is none', async (t) => {
    const answers = Array<Answer>(20).fill({ body: { name: '../users/1' } });
    const { chat, signal } = await scene(t, answers);
    await assert.rejects(chat.asApp.findDirectMessage(ana, signal), {
      code: 'chat_unavailable',
      message: /CHAT_API_URL/,
    });
  });
});

describe("the app's credentials", () => {
  it('can take no longer than a call may', async (t) => {
    const appAuth = new OAuth2Client();
    appAuth.refreshHandler = () => new Promise(() => {});
    const { chat, waits, server, signal } = await scene(t, [], {
      appAuth,
      timeoutMs: 20,
      budgetMs: 0,
    });
    await assert.rejects(chat.asApp.createMessage(space, { text: 'Hello' }, step, signal), {
      code: 'chat_unavailable',
    });
    assert.deepEqual(waits, []);
    assert.equal(server.requests.length, 0);
  });

  const tokenEndpoint: [status: number, code: ChatError['code']][] = [
    [400, 'chat_unauthenticated'],
    [404, 'chat_unauthenticated'],
    [503, 'chat_unavailable'],
  ];
  for (const [status, code] of tokenEndpoint) {
    it(`are told apart from Chat when their server answers ${status}: ${code}`, async (t) => {
      const answer = { status, body: { error: 'invalid_grant' } };
      const { url: oauth2TokenUrl } = await startScriptedServer(t, answer);
      const appAuth = new OAuth2Client({
        endpoints: { oauth2TokenUrl },
        transporterOptions: { retryConfig: { retry: 0 } },
      });
      appAuth.setCredentials({ refresh_token: 'not for Chat' });
      const { chat, server, signal } = await scene(t, [], { appAuth, budgetMs: 0 });
      await assert.rejects(chat.asApp.createMessage(space, { text: 'Hello' }, step, signal), {
        code,
        message: /credentials can't be/,
      });
      assert.equal(server.requests.length, 0);
    });
  }

  it('are blamed when there are none', async (t) => {
    const appAuth = new OAuth2Client();
    appAuth.refreshHandler = () => Promise.reject(new Error('The key file is gone'));
    const { chat, signal } = await scene(t, [], { appAuth });
    await assert.rejects(chat.asApp.createMessage(space, { text: 'Hello' }, step, signal), {
      code: 'chat_unauthenticated',
      message: /GOOGLE_APPLICATION_CREDENTIALS/,
    });
  });
});

describe('whether Chat let the time of a call pass', () => {
  const answers: [name: string, answer: Answer, timedOut: boolean][] = [
    ['is so after silence', 'hang', true],
    ['is not so after an outage', busy, false],
    ['is not so after a cut connection', 'cut', false],
  ];
  for (const [name, answer, timedOut] of answers) {
    it(name, async (t) => {
      // What answers, or is cut, may take its time on a busy machine.
      const timeoutMs = timedOut ? 50 : 10_000;
      const { chat, signal } = await scene(t, [answer], { timeoutMs, budgetMs: 0 });
      const posting = chat
        .asPerson(ana, 'ya29.token')
        .createMessage(space, { text: 'Hi' }, step, signal);
      await assert.rejects(posting, { code: 'chat_unavailable', timedOut });
    });
  }
});

describe('an error', () => {
  const failures: [name: string, answer: Answer][] = [
    ['a refusal', googleError(403, 'PERMISSION_DENIED', 'No, said Chat')],
    ['an outage', busy],
    ['a cut connection', 'cut'],
    ['silence', 'hang'],
    ['nonsense', { body: '<html>No, said Chat</html>' }],
  ];
  for (const [name, answer] of failures) {
    it(`tells nothing of token, text, space or answer: ${name}`, async (t) => {
      const { chat, signal } = await scene(t, [answer], { timeoutMs: 50, budgetMs: 0 });
      const person = chat.asPerson(ana, 'ya29.secret');
      const message = { text: 'what Ana wrote in confidence' };
      await assert.rejects(person.createMessage(space, message, step, signal), (error) => {
        assert.ok(error instanceof ChatError);
        const printed = inspect(error, { depth: 10, showHidden: true });
        assert.doesNotMatch(printed, /ya29|Bearer|confidence|said Chat|spaces\/AAA|users\/1001/);
        return true;
      });
    });
  }
});
