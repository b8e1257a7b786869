import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { describe, it, type TestContext } from 'node:test';
import { inspect } from 'node:util';
import { GoogleAuth, OAuth2Client } from 'google-auth-library';
import { z } from 'zod';
import { textCard } from '../../../src/lib/chat/cards.ts';
import type { Chat } from '../../../src/lib/chat/chat.ts';
import { type ChatOptions, createChat } from '../../../src/lib/chat/google-chat.ts';
import { idempotencyKeys } from '../../../src/lib/chat/idempotency.ts';
import { ChatError } from '../../../src/lib/errors.ts';
import { messageName, requestId, spaceName, threadName, userName } from '../../../src/lib/names.ts';
import {
  type Answer,
  googleError,
  type ScriptedServer,
  startScriptedServer,
} from './scripted-server.ts';

const space = spaceName.parse('spaces/AAA');
const thread = threadName.parse('spaces/AAA/threads/T1');
const ana = userName.parse('users/1001');
const step = { requestId: requestId.parse('0a'.repeat(32)), step: 'answer' };
const posted = { body: { name: 'spaces/AAA/messages/M.M' } };
const busy = googleError(503, 'UNAVAILABLE', 'The service is currently unavailable.');

interface Scene {
  chat: Chat;
  server: ScriptedServer;
  waits: number[];
  signal: AbortSignal;
  abort: AbortController['abort'];
}

/** The real client against a server that answers by script; time passes only where somebody waits. */
async function scene(
  t: TestContext,
  script: Answer[],
  options: Partial<ChatOptions> = {},
): Promise<Scene> {
  const server = await startScriptedServer(t, ...script);
  const controller = new AbortController();
  const waits: number[] = [];
  let now = 0;
  const chat = createChat({
    rootUrl: server.url,
    appAuth: bearer('app-token'),
    clock: () => now,
    sleep: async (ms) => {
      waits.push(ms);
      now += ms;
    },
    random: () => 0.5,
    ...options,
  });
  const abort = controller.abort.bind(controller);
  return { chat, server, waits, signal: controller.signal, abort };
}

function bearer(token: string): OAuth2Client {
  const client = new OAuth2Client();
  client.setCredentials({ access_token: token });
  return client;
}

describe('the app', () => {
  it('posts a text, with identifiers that make a repeat harmless', async (t) => {
    const { chat, server, signal } = await scene(t, [posted]);
    const result = await chat.asApp.createMessage(space, { text: 'Hello' }, step, signal);

    assert.deepEqual(result, { name: 'spaces/AAA/messages/M.M', already: false });
    const [request] = server.requests;
    assert.equal(request?.method, 'POST');
    assert.equal(request?.path, '/v1/spaces/AAA/messages');
    assert.deepEqual(request?.query, { ...idempotencyKeys(step, 'app') });
    assert.equal(request?.headers.authorization, 'Bearer app-token');
    assert.deepEqual(request?.body, { text: 'Hello' });
  });

  it('posts a private card in a thread', async (t) => {
    const { chat, server, signal } = await scene(t, [posted]);
    const card = textCard({ title: 'Hello', paragraphs: ['World'] });
    await chat.asApp.createMessage(space, { card, thread, privateTo: ana }, step, signal);

    const [request] = server.requests;
    assert.deepEqual(request?.query, {
      ...idempotencyKeys(step, 'app'),
      messageReplyOption: 'REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD',
    });
    assert.deepEqual(request?.body, {
      cardsV2: [{ cardId: 'postern', card }],
      fallbackText: 'Hello',
      thread: { name: thread },
      privateMessageViewer: { name: ana },
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

describe('a person', () => {
  it('posts with exactly the given token, under identifiers of their own', async (t) => {
    const { chat, server, signal } = await scene(t, [posted]);
    const person = chat.asPerson(ana, 'token-of-ana');
    const result = await person.createMessage(space, { text: 'Hello', thread }, step, signal);

    assert.deepEqual(result, { name: 'spaces/AAA/messages/M.M', already: false });
    const [request] = server.requests;
    assert.equal(request?.headers.authorization, 'Bearer token-of-ana');
    assert.deepEqual(request?.query, {
      ...idempotencyKeys(step, ana),
      messageReplyOption: 'REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD',
    });
    assert.deepEqual(request?.body, { text: 'Hello', thread: { name: thread } });
    assert.notEqual(request?.query['messageId'], idempotencyKeys(step, 'app').messageId);
  });

  it("never shares a token with another person's calls, nor with the app's", async (t) => {
    const { chat, server, signal } = await scene(t, [posted, posted, posted]);
    const [one, other] = [chat.asPerson(ana, 'token-1'), chat.asPerson(ana, 'token-2')];
    await Promise.all([
      one.createMessage(space, { text: '1' }, step, signal),
      other.createMessage(space, { text: '2' }, step, signal),
      chat.asApp.createMessage(space, { text: 'app' }, step, signal),
    ]);
    const seen = server.requests.map(({ headers, body }) => [
      headers.authorization,
      z.object({ text: z.string() }).parse(body).text,
    ]);
    assert.deepEqual(seen.sort(), [
      ['Bearer app-token', 'app'],
      ['Bearer token-1', '1'],
      ['Bearer token-2', '2'],
    ]);
  });

  for (const status of [401, 403]) {
    it(`is refused with ${status} without a call to any other server`, async (t) => {
      const called = recordOrigins(t);
      const { chat, server, signal } = await scene(t, [googleError(status, 'X', 'No')]);
      await assert.rejects(
        chat.asPerson(ana, 'stale-token').createMessage(space, { text: 'Hello' }, step, signal),
        { status },
      );
      assert.deepEqual(called, [server.url]);
      assert.equal(server.requests.length, 1);
    });
  }
});

describe('a create that is repeated', () => {
  const actors = {
    app: { principal: 'app', of: (chat: Chat) => chat.asApp },
    person: { principal: ana, of: (chat: Chat) => chat.asPerson(ana, 'token-of-ana') },
  } as const;
  const lost: [name: string, answer: Answer, actor: keyof typeof actors][] = [
    ['503', busy, 'app'],
    ['503', busy, 'person'],
    ['a connection that is cut after the request was read', 'cut', 'app'],
    ['a connection that is cut after the request was read', 'cut', 'person'],
    ['an answer that does not come in time', 'hang', 'app'],
  ];
  for (const [name, answer, actor] of lost) {
    it(`carries the same identifiers: after ${name}, by the ${actor}`, async (t) => {
      const { chat, server, waits, signal } = await scene(
        t,
        [answer, posted],
        answer === 'hang' ? { timeoutMs: 500 } : {},
      );
      const { principal, of } = actors[actor];
      const result = await of(chat).createMessage(space, { text: 'Hello' }, step, signal);

      assert.equal(result.already, false);
      assert.deepEqual(waits, [250]);
      assert.equal(server.requests.length, 2);
      for (const request of server.requests) {
        assert.deepEqual(request.query, { ...idempotencyKeys(step, principal) });
        assert.deepEqual(request.body, { text: 'Hello' });
      }
    });
  }

  it('counts as posted when Chat says that the message exists', async (t) => {
    const exists = googleError(409, 'ALREADY_EXISTS', 'Requested entity already exists');
    const { chat, server, signal } = await scene(t, ['cut', exists]);
    const result = await chat.asApp.createMessage(space, { text: 'Hello' }, step, signal);
    const { messageId } = idempotencyKeys(step, 'app');
    assert.deepEqual(result, { name: `spaces/AAA/messages/${messageId}`, already: true });
    assert.equal(server.requests.length, 2);
  });

  it('is known by the id that we gave it when the answer is sparse', async (t) => {
    const { chat, signal } = await scene(t, [{ body: {} }]);
    const result = await chat.asApp.createMessage(space, { text: 'Hello' }, step, signal);
    const { messageId } = idempotencyKeys(step, 'app');
    assert.deepEqual(result, { name: `spaces/AAA/messages/${messageId}`, already: false });
  });

  it('waits as long as Chat asks', async (t) => {
    const limited = {
      ...googleError(429, 'RESOURCE_EXHAUSTED', 'Too many requests'),
      headers: { 'retry-after': '9' },
    };
    const { chat, waits, signal } = await scene(t, [limited, posted]);
    await chat.asApp.createMessage(space, { text: 'Hello' }, step, signal);
    assert.deepEqual(waits, [9_250]);
  });

  it('is left to the caller when Chat asks for more time than there is', async (t) => {
    const limited = {
      ...googleError(429, 'RESOURCE_EXHAUSTED', 'Too many requests'),
      headers: { 'retry-after': '60' },
    };
    const { chat, waits, signal } = await scene(t, [limited], { budgetMs: 30_000 });
    await assert.rejects(chat.asApp.createMessage(space, { text: 'Hello' }, step, signal), {
      code: 'chat_rate_limited',
      retryAfterMs: 60_000,
    });
    assert.deepEqual(waits, []);
  });

  it('is not repeated once it is refused', async (t) => {
    const refusal = googleError(
      403,
      'PERMISSION_DENIED',
      'This Chat app is not a member of this space.',
    );
    const { chat, server, signal } = await scene(t, [refusal]);
    await assert.rejects(chat.asApp.createMessage(space, { text: 'Hello' }, step, signal), {
      code: 'chat_not_member',
    });
    assert.equal(server.requests.length, 1);
  });

  it('ends when the caller aborts while Chat keeps silent', { timeout: 5_000 }, async (t) => {
    const { chat, server, waits, signal, abort } = await scene(t, ['hang'], {
      timeoutMs: 60_000,
    });
    const call = chat.asApp.createMessage(space, { text: 'Hello' }, step, signal);
    while (server.requests.length === 0) await new Promise(setImmediate);
    abort(new Error('Shutting down'));
    await assert.rejects(call, { name: 'ChatError', code: 'chat_unavailable' });
    assert.deepEqual(waits, []);
  });
});

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

/** Where this process sends HTTP requests to, by whatever client, until the test ends. */
function recordOrigins(t: TestContext): string[] {
  const origins: string[] = [];
  const undici = z.object({ request: z.object({ origin: z.coerce.string() }) });
  const http = z.object({ request: z.object({ protocol: z.string(), host: z.string() }) });
  const onFetch = (event: unknown): void => {
    origins.push(undici.parse(event).request.origin);
  };
  const onHttp = (event: unknown): void => {
    const { protocol, host } = http.parse(event).request;
    origins.push(`${protocol}//${host}`);
  };
  subscribe('undici:request:create', onFetch);
  subscribe('http.client.request.start', onHttp);
  t.after(() => {
    unsubscribe('undici:request:create', onFetch);
    unsubscribe('http.client.request.start', onHttp);
  });
  return origins;
}
