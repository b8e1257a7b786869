import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { inspect } from 'node:util';
import { createWebhookPoster } from '../../../src/lib/chat/webhook.ts';
import { ChatError } from '../../../src/lib/errors.ts';
import { busy, posted, space } from './scene.ts';
import { type Answer, googleError, startScriptedServer } from './scripted-server.ts';
import { sleepingClock } from './sleeping-clock.ts';
import { unpaced } from './unpaced.ts';

const webhook = { space, key: 'AIza-key', token: 'SECRET-token=' };

async function poster(t: TestContext, ...script: Answer[]) {
  const server = await startScriptedServer(t, ...script);
  const { waits, clock, sleep } = sleepingClock();
  const post = createWebhookPoster({
    rootUrl: server.url,
    clock,
    sleep,
    random: () => 0.5,
    ...unpaced,
  });
  const { signal } = new AbortController();
  return {
    server,
    waits,
    post: (message: Parameters<typeof post>[1]) => post(webhook, message, signal),
  };
}

async function rejected(t: TestContext, answer: Answer): Promise<ChatError> {
  const { post } = await poster(t, answer);
  const error = await post({ text: 'Hello' }).catch((thrown: unknown) => thrown);
  assert.ok(error instanceof ChatError);
  return error;
}

describe('a post by a webhook', () => {
  it('carries its key and token, and nobody’s credentials', async (t) => {
    const { server, post } = await poster(t, posted);
    await post({ text: 'Hello' });
    const [request] = server.requests;
    assert.equal(request?.path, '/v1/spaces/AAA/messages');
    assert.deepEqual(request.query, { key: 'AIza-key', token: 'SECRET-token=' });
    assert.equal(request.headers.authorization, undefined);
    assert.deepEqual(request.body, { text: 'Hello' });
  });

  it('goes to the thread of a key, or starts it', async (t) => {
    const { server, post } = await poster(t, posted);
    await post({ card: { header: { title: 'Build' } }, thread: { key: 'builds' } });
    const [request] = server.requests;
    assert.equal(request?.query['messageReplyOption'], 'REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD');
    assert.partialDeepStrictEqual(request.body, { thread: { threadKey: 'builds' } });
  });

  it('is repeated while Chat is out of order', async (t) => {
    const { server, waits, post } = await poster(t, busy, 'cut', posted);
    await post({ text: 'Hello' });
    assert.equal(server.requests.length, 3);
    assert.equal(waits.length, 2);
  });

  it('is refused before it is sent when it is too long', async (t) => {
    const { server, post } = await poster(t, posted);
    await assert.rejects(post({ text: 'x'.repeat(32_001) }), { code: 'chat_invalid_request' });
    assert.equal(server.requests.length, 0);
  });
});

describe('a webhook that Chat refuses', () => {
  it('is to be created anew, also when Chat calls it unauthenticated', async (t) => {
    const error = await rejected(t, googleError(401, 'UNAUTHENTICATED', 'Who are you?'));
    assert.equal(error.code, 'chat_webhook_rejected');
    assert.equal(error.status, 401);
    assert.equal(error.retryable, false);
  });

  for (const answer of [
    googleError(400, 'INVALID_ARGUMENT', 'API key not valid: AIza-key', 'API_KEY_INVALID'),
    googleError(403, 'PERMISSION_DENIED', 'SECRET-token= is no token'),
    googleError(404, 'NOT_FOUND', 'Requested entity was not found: SECRET-token='),
    { status: 403, body: '<html>SECRET-token= is blocked</html>' },
  ]) {
    it(`leaves nothing of its URL in the error (${answer.status})`, async (t) => {
      const error = await rejected(t, answer);
      const printed = inspect(error, { depth: 10, showHidden: true });
      assert.doesNotMatch(printed, /SECRET|AIza-key|127\.0\.0\.1/);
    });
  }
});
