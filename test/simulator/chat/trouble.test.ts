import assert from 'node:assert/strict';
import { suite, type TestContext, test } from 'node:test';
import { GOOGLES_QUOTAS, type Quotas } from '../../../simulator/chat/quota.ts';
import { ana } from '../world/new-world.ts';
import { type Answer, type RunningChat, startChat } from './running-chat.ts';

async function start(t: TestContext, quotas?: Quotas): Promise<RunningChat> {
  const chat = await startChat(quotas);
  t.after(() => chat.stop());
  return chat;
}

const post = (chat: RunningChat, space = chat.room, query = ''): Promise<Answer> =>
  chat.send('POST', `/v1/${space}/messages${query}`, { body: { text: 'hi' } });

suite('Google’s quotas', () => {
  test('are one write a second in a space', async (t) => {
    const chat = await start(t, GOOGLES_QUOTAS);
    assert.equal((await post(chat)).status, 200);
    const second = await post(chat);
    assert.equal(second.status, 429);
    assert.equal(second.error().status, 'RESOURCE_EXHAUSTED');
    assert.match(second.error().message, /per space/);
    chat.advance(1000);
    assert.equal((await post(chat)).status, 200);
    assert.equal(chat.world.messages(chat.room).length, 2);
  });

  test('hold for any second, wherever it begins, and don’t count what was refused', async (t) => {
    const chat = await start(t, GOOGLES_QUOTAS);
    await post(chat);
    chat.advance(999);
    assert.equal((await post(chat)).status, 429);
    chat.advance(1);
    assert.equal((await post(chat)).status, 200);
  });

  test('let spaces not slow each other', async (t) => {
    const chat = await start(t, GOOGLES_QUOTAS);
    assert.equal((await post(chat)).status, 200);
    assert.equal((await post(chat, chat.dm)).status, 200);
  });

  test('are fifteen reads a second in a space, beside its writes', async (t) => {
    const chat = await start(t, GOOGLES_QUOTAS);
    const read = (path: string) => chat.send('GET', `/v1/${path}`);
    await post(chat);
    for (let count = 0; count < 15; count += 1) {
      assert.equal((await read(chat.room)).status, 200);
    }
    assert.equal((await read(`${chat.room}/members`)).status, 429);
    assert.equal((await read(chat.dm)).status, 200);
    assert.equal((await read('spaces')).status, 200);
  });

  test('are so many writes a minute for the whole project', async (t) => {
    const chat = await start(t, {
      ...GOOGLES_QUOTAS,
      writesPerSecondPerSpace: 100,
      writesPerMinutePerProject: 3,
    });
    for (let write = 0; write < 3; write += 1) assert.equal((await post(chat)).status, 200);
    assert.equal((await post(chat, chat.dm)).status, 429);
    chat.advance(60_000);
    assert.equal((await post(chat, chat.dm)).status, 200);
  });
});

suite('A fault', () => {
  test('hits so many calls of its method, with its status and delay', async (t) => {
    const chat = await start(t);
    const method = 'messages.create';
    chat.faults.failNext({ method, times: 2, status: 503, retryAfterSeconds: 7 });
    assert.equal((await chat.send('GET', '/v1/spaces')).status, 200);
    for (let hit = 0; hit < 2; hit += 1) {
      const answer = await post(chat);
      assert.equal(answer.status, 503);
      assert.equal(answer.headers.get('retry-after'), '7');
      assert.equal(answer.error().status, 'UNAVAILABLE');
    }
    assert.equal((await post(chat)).status, 200);
    assert.equal(chat.world.messages(chat.room).length, 1);
  });

  test('after the commit loses the answer, not the message', async (t) => {
    const chat = await start(t);
    chat.faults.failNext({ method: 'messages.create', after: 'commit' });
    await assert.rejects(post(chat), { name: 'TypeError' });
    assert.equal(chat.world.messages(chat.room).length, 1);
    assert.equal(chat.calls.calls().at(-1)?.status, 0);
  });

  for (const [status, code] of [
    [401, 'UNAUTHENTICATED'],
    [403, 'PERMISSION_DENIED'],
    [429, 'RESOURCE_EXHAUSTED'],
    [500, 'INTERNAL'],
    [502, 'UNAVAILABLE'],
    [504, 'DEADLINE_EXCEEDED'],
  ] as const) {
    test(`can be ${status}`, async (t) => {
      const chat = await start(t);
      chat.faults.failNext({ status });
      const answer = await post(chat);
      assert.equal(answer.status, status);
      assert.deepEqual([answer.error().code, answer.error().status], [status, code]);
    });
  }

  test('can be taken back', async (t) => {
    const chat = await start(t);
    chat.faults.failNext({ status: 500 });
    chat.faults.clear();
    assert.equal((await post(chat)).status, 200);
  });

  test('can be a late answer', async (t) => {
    const chat = await start(t);
    chat.faults.delayNext({ method: 'messages.create', ms: 50 });
    const before = performance.now();
    assert.equal((await post(chat)).status, 200);
    assert.ok(performance.now() - before >= 49);
  });
});

suite('A project that isn’t set up', () => {
  test('has no Chat API, and Google says where to turn it on', async (t) => {
    const chat = await start(t);
    chat.faults.failNext({ project: 'api-disabled' });
    const refused = await post(chat);
    assert.equal(refused.status, 403);
    assert.match(refused.error().message, /has not been used in project .* or it is disabled/);
    assert.equal((await post(chat)).status, 200);
  });

  test('has no Chat app', async (t) => {
    const chat = await start(t);
    chat.faults.failNext({ project: 'app-not-configured' });
    const refused = await post(chat);
    assert.equal(refused.status, 404);
    assert.match(refused.error().message, /^Google Chat app not found\./);
  });
});

suite('The log of calls', () => {
  test('tells who called what with which outcome, and nothing else', async (t) => {
    const chat = await start(t);
    await post(chat, chat.room, '?messageId=client-a&requestId=b');
    await chat.as('ana').spaces.list();
    await chat.send('GET', '/v1/spaces', { authorization: 'Bearer secret-token' });
    const at = Date.UTC(2026, 6, 30, 12);
    const spaces = { method: 'spaces.list', resource: '', at };
    assert.deepEqual(chat.calls.calls(), [
      {
        method: 'messages.create',
        principal: 'app',
        resource: chat.room,
        messageId: 'client-a',
        requestId: 'b',
        status: 200,
        at,
      },
      { ...spaces, principal: ana, status: 200 },
      { ...spaces, status: 401 },
    ]);
  });
});
