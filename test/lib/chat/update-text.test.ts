import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { messageName } from '../../../src/lib/names.ts';
import { ana, busy, posted, scene, space } from './scene.ts';
import { googleError } from './scripted-server.ts';

const message = messageName.parse(`${space}/messages/M.M`);

describe('a new text for a message', () => {
  for (const [who, token] of [
    ['the app', 'app-token'],
    ['a person', 'token-of-ana'],
  ] as const) {
    it(`of ${who} changes nothing else of it, and may be repeated`, async (t) => {
      const { chat, server, signal } = await scene(t, [busy, posted]);
      const actor = who === 'the app' ? chat.asApp : chat.asPerson(ana, token);
      await actor.updateText(message, 'New', signal);
      assert.equal(server.requests.length, 2);
      for (const { method, path, query, headers, body } of server.requests) {
        assert.deepEqual([method, path], ['PATCH', `/v1/${message}`]);
        assert.deepEqual(query, { updateMask: 'text' });
        assert.equal(headers.authorization, `Bearer ${token}`);
        assert.deepEqual(body, { text: 'New' });
      }
    });
  }

  it('may be as long as Chat takes, and not longer', async (t) => {
    const { chat, server, signal } = await scene(t, [posted]);
    await chat.asApp.updateText(message, 'x'.repeat(32_000), signal);
    const tooLong = chat.asApp.updateText(message, 'x'.repeat(32_001), signal);
    await assert.rejects(tooLong, { code: 'chat_invalid_request' });
    assert.equal(server.requests.length, 1);
  });

  it('takes a permission of its own', async (t) => {
    const answer = googleError(403, 'PERMISSION_DENIED', 'No', 'ACCESS_TOKEN_SCOPE_INSUFFICIENT');
    const { chat, signal } = await scene(t, [answer]);
    const refusal = chat.asPerson(ana, 'token').updateText(message, 'New', signal);
    await assert.rejects(refusal, { code: 'chat_scope_missing' });
  });
});
