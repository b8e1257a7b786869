import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { describe, it, type TestContext } from 'node:test';
import { z } from 'zod';
import { idempotencyKeys } from '../../../src/lib/chat/idempotency.ts';
import { ana, posted, scene, space, step, thread } from './scene.ts';
import { googleError } from './scripted-server.ts';

describe('a person', () => {
  it('posts with exactly the given token, under identifiers of their own', async (t) => {
    const { chat, server, signal } = await scene(t, [posted]);
    const person = chat.asPerson(ana, 'token-of-ana');
    const result = await person.createMessage(space, { text: 'Hello', thread }, step, signal);

    assert.deepEqual(result, { name: 'spaces/AAA/messages/M.M', already: false });
    const [request] = server.requests;
    assert.equal(request?.headers.authorization, 'Bearer token-of-ana');
    assert.deepEqual(request?.query, {
      ...idempotencyKeys(step, ana, { text: 'Hello', thread: { name: thread } }),
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
