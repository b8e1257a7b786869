import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Chat } from '../../../src/lib/chat/chat.ts';
import { idempotencyKeys } from '../../../src/lib/chat/idempotency.ts';
import { ana, busy, posted, scene, space, step } from './scene.ts';
import { type Answer, googleError } from './scripted-server.ts';

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
        assert.deepEqual(request.query, { ...idempotencyKeys(step, principal, { text: 'Hello' }) });
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

  it('with another content is known as such: Chat would answer with the first one’s', async (t) => {
    const exists = googleError(409, 'ALREADY_EXISTS', 'Requested entity already exists');
    const { chat, server, signal } = await scene(t, [posted, posted, exists]);
    const create = (text: string) => chat.asApp.createMessage(space, { text }, step, signal);
    assert.equal((await create('Hello')).already, false);
    assert.equal((await create('Hello')).already, false);
    assert.equal((await create('Hello again')).already, true);

    const [first, repeat, other] = server.requests.map(({ query }) => query);
    assert.deepEqual(repeat, first);
    assert.equal(other?.['messageId'], first?.['messageId']);
    assert.notEqual(other?.['requestId'], first?.['requestId']);
  });

  it('is known to stand there with another content, when it was changed meanwhile', async (t) => {
    const createTime = '2026-08-17T14:00:00.000001Z';
    const answer = (lastUpdateTime: string) => ({
      body: { ...posted.body, createTime, lastUpdateTime },
    });
    const { chat, signal } = await scene(t, [answer(createTime), answer('2026-08-17T14:00:01Z')]);
    const create = () => chat.asApp.createMessage(space, { text: 'Hello' }, step, signal);
    assert.equal((await create()).already, false);
    assert.equal((await create()).already, true);
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
