import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { messageName } from '../../../src/lib/names.ts';
import { carryOut } from '../../../src/subscriber/notifications/carry-out.ts';
import { decideAck } from '../../../src/subscriber/notifications/outcome.ts';
import { notification } from './published.ts';
import { LEASE_MS, OPS, refusal, setScene } from './scene.ts';

describe('a notification', () => {
  it('is posted once, however often it is delivered, to whomever', async (t) => {
    const scene = setScene(t);
    assert.deepEqual(await scene.post({ text: 'one' }), { result: 'posted' });
    assert.deepEqual(await scene.post({ text: 'one' }), { result: 'duplicate' });
    const elsewhere = await carryOut(scene.worker(), notification({ text: 'one' }));
    assert.deepEqual(elsewhere, { result: 'duplicate' });
    assert.deepEqual(scene.shown(), ['one']);
    assert.equal(scene.chat.calls.length, 1);
  });

  it('is another one when it is published again, unless it has a key', async (t) => {
    const scene = setScene(t);
    await scene.post({ text: 'one' }, '1');
    await scene.post({ text: 'one' }, '2');
    assert.deepEqual(scene.shown(), ['one', 'one']);
  });

  it('goes to the thread that it names', async (t) => {
    const scene = setScene(t);
    await scene.post({ text: 'one', thread: 'builds' });
    assert.equal(scene.chat.messages()[0]?.thread, 'builds');
  });

  it('is left to the subscriber that is on it', async (t) => {
    const scene = setScene(t);
    let inside: unknown;
    scene.chat.enter = () => {
      inside ??= carryOut(scene.worker(), notification({ text: 'one' }));
    };
    await scene.post({ text: 'one' });
    const leaseUntil = scene.worker().clock() + LEASE_MS;
    assert.deepEqual(await inside, { result: 'busy', leaseUntil });
    assert.deepEqual(scene.shown(), ['one']);
  });
});

describe('a notification with a key', () => {
  it('is known in Chat by its key, whatever the release', async (t) => {
    const scene = setScene(t);
    await scene.post({ text: 'x', key: 'build' });
    const name = 'spaces/OPS/messages/client-postern-766a80db0e1737cf09bb448db5e20f23161a594b';
    assert.equal(scene.chat.messages()[0]?.name, messageName.parse(name));
  });

  it('takes the place of the earlier one, card for text, in its space only', async (t) => {
    const scene = setScene(t);
    const card = { header: { title: 'Green' } };
    await scene.post({ text: 'running', key: 'build' }, '1');
    await scene.post({ text: 'elsewhere', key: 'build', space: 'spaces/DEV' }, '2');
    await scene.post({ text: 'another', key: 'deploy' }, '3');
    assert.deepEqual(await scene.post({ card, key: 'build' }, '4'), { result: 'updated' });
    assert.deepEqual(scene.shown(), [undefined, 'elsewhere', 'another']);
    assert.deepEqual(scene.chat.messages()[0]?.card, card);
  });

  it('doesn’t take the place of a newer one, when an outage has brought them out of order', async (t) => {
    const scene = setScene(t);
    scene.chat.enter = () => {
      throw refusal('chat_unavailable');
    };
    assert.equal((await scene.post({ text: 'old', key: 'k' }, '1', 10n)).result, 'retry');
    scene.chat.enter = () => {};
    await scene.post({ text: 'new', key: 'k' }, '2', 11n);
    const late = await scene.post({ text: 'old', key: 'k' }, '1', 10n);
    assert.deepEqual(late, { result: 'superseded' });
    assert.deepEqual(await scene.post({ text: 'old', key: 'k' }, '1', 10n), {
      result: 'duplicate',
    });
    assert.deepEqual(await scene.post({ text: 'same time', key: 'k' }, '3', 11n), {
      result: 'updated',
    });
    assert.deepEqual(scene.shown(), ['same time']);
  });

  it('is refused for good once somebody has deleted the message, which is told', async (t) => {
    for (const code of ['chat_not_found', 'chat_forbidden'] as const) {
      const scene = setScene(t);
      await scene.post({ text: 'one', key: 'build' }, '1');
      scene.chat.enter = ({ method }) => {
        if (method === 'patchMessage') throw refusal(code);
      };
      const outcome = await scene.post({ text: 'two', key: 'build' }, '2');
      assert.deepEqual(outcome, { result: 'refused', reason: 'message-deleted' });
      assert.equal(decideAck(outcome), 'ack');
      const line = scene.lines.find(({ severity }) => severity === 'ERROR');
      assert.match(String(line?.['message']), /deleted.*another key/);
      assert.equal(line?.['space'], OPS);
    }
  });
});

describe('a notification by a webhook', () => {
  const webhook = { space: undefined, webhook: 'ops' };

  it('is posted in its space, where those with the same key come in one thread', async (t) => {
    const scene = setScene(t);
    for (const [id, fields] of [
      ['1', { text: 'one' }],
      ['2', { text: 'two', key: 'build' }],
      ['3', { text: 'three', key: 'build' }],
      ['4', { text: 'four', key: 'build', thread: 'builds' }],
    ] as const) {
      assert.deepEqual(await scene.post({ ...webhook, ...fields }, id), { result: 'posted' });
    }
    assert.deepEqual(scene.byWebhook, [
      { space: OPS, text: 'one', thread: undefined },
      { space: OPS, text: 'two', thread: { key: 'build' } },
      { space: OPS, text: 'three', thread: { key: 'build' } },
      { space: OPS, text: 'four', thread: { key: 'builds' } },
    ]);
    assert.deepEqual(scene.shown(), []);
  });

  it('is not posted again once that is written down', async (t) => {
    const scene = setScene(t);
    await scene.post({ ...webhook, text: 'one' });
    assert.deepEqual(await scene.post({ ...webhook, text: 'one' }), { result: 'duplicate' });
    assert.equal(scene.byWebhook.length, 1);
  });

  it('is refused when there is no such webhook, or Chat knows it no more', async (t) => {
    const scene = setScene(t);
    const unknown = await scene.post({ space: undefined, webhook: 'dev', text: 'one' }, '1');
    assert.deepEqual(unknown, { result: 'refused', reason: 'unknown-webhook' });
    scene.onWebhook = () => {
      throw refusal('chat_webhook_rejected');
    };
    const rejected = await scene.post({ ...webhook, text: 'one' }, '2');
    assert.deepEqual(rejected, { result: 'refused', reason: 'chat_webhook_rejected' });
    const told = scene.lines.filter(({ severity }) => severity === 'ERROR');
    assert.deepEqual(
      told.map((line) => line['webhook']),
      ['dev', 'ops'],
    );
  });
});
