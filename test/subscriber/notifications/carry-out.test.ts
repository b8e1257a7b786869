import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { minutes } from '../../../src/lib/clock.ts';
import { webhookName } from '../../../src/lib/config/webhooks.ts';
import { ChatError, StoreError } from '../../../src/lib/errors.ts';
import { messageName, spaceName } from '../../../src/lib/names.ts';
import { type CarryOutDeps, carryOut } from '../../../src/subscriber/notifications/carry-out.ts';
import { createLatest } from '../../../src/subscriber/notifications/latest.ts';
import { decideAck } from '../../../src/subscriber/notifications/outcome.ts';
import { openLocalStore } from '../../lib/authorization/local-store.ts';
import { recordLog } from '../../lib/telemetry/recorded-log.ts';
import { type Enter, guard } from '../guard.ts';
import { RecordingChat } from '../recording-chat.ts';
import { notification } from './published.ts';

const OPS = spaceName.parse('spaces/OPS');
const LEASE_MS = minutes(1.5);
const refusal = (code: ChatError['code']) => new ChatError(code, 'no');

/** A subscriber with the real ledger. Chat is played; time stands still. */
function setScene(t: TestContext) {
  const { store, close } = openLocalStore();
  t.after(close);
  const { log, lines } = recordLog('debug');
  const chat = new RecordingChat();
  const byWebhook: { space: string; text: string | undefined; thread: unknown }[] = [];
  let now = Date.UTC(2026, 7, 17, 14);
  const scene = {
    chat,
    lines,
    byWebhook,
    /** Every call of the ledger. What it throws, that call fails with. */
    enter: (() => {}) as Enter,
    onWebhook: () => {},
    pass: (ms: number) => void (now += ms),
    /** Another process, with memory of its own. */
    worker: (): CarryOutDeps => ({
      requests: guard(store.requests, (path) => scene.enter(path)),
      chat: chat.asApp,
      async postByWebhook({ space }, { text, thread }) {
        scene.onWebhook();
        byWebhook.push({ space, text, thread });
      },
      webhooks: new Map([[webhookName.parse('ops'), { space: OPS, key: 'k', token: 't' }]]),
      latest: createLatest(),
      clock: () => now,
      log,
      leaseMs: LEASE_MS,
      attemptSignal: () => new AbortController().signal,
    }),
    shown: () => chat.messages().map(({ text }) => text),
  };
  const first = scene.worker();
  return Object.assign(scene, {
    post: (fields: object, id?: string, at?: bigint) =>
      carryOut(first, notification(fields, id, at)),
  });
}

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
    assert.deepEqual(await inside, { result: 'busy' });
    assert.deepEqual(scene.shown(), ['one']);
  });
});

describe('a notification with a key', () => {
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

describe('a notification, when something goes wrong,', () => {
  for (const code of ['chat_unavailable', 'chat_rate_limited', 'chat_unauthenticated'] as const) {
    it(`waits for an outage to end, as long as it takes: ${code}`, async (t) => {
      const scene = setScene(t);
      scene.chat.enter = () => {
        throw refusal(code);
      };
      for (let time = 0; time < 10; time++) {
        const outcome = await scene.post({ text: 'one' });
        assert.deepEqual(outcome, { result: 'retry', reason: code });
        assert.equal(decideAck(outcome), 'nack');
      }
      scene.chat.enter = () => {};
      assert.deepEqual(await scene.post({ text: 'one' }), { result: 'posted' });
    });
  }

  for (const code of ['chat_not_member', 'chat_forbidden', 'chat_invalid_request'] as const) {
    it(`is refused when Chat says no: ${code}`, async (t) => {
      const scene = setScene(t);
      scene.chat.enter = () => {
        throw refusal(code);
      };
      const outcome = await scene.post({ text: 'one' });
      assert.deepEqual(outcome, { result: 'refused', reason: code });
      assert.equal(decideAck(outcome), 'ack');
      assert.deepEqual(await scene.post({ text: 'one' }), { result: 'duplicate' });
      const line = scene.lines.find(({ severity }) => severity === 'ERROR');
      assert.partialDeepStrictEqual(line, { space: OPS, error: { code } });
    });
  }

  it('is given up after five failures, and told as an error', async (t) => {
    const scene = setScene(t);
    scene.chat.enter = () => {
      throw new TypeError('a bug');
    };
    const outcomes = [];
    for (let time = 0; time < 6; time++) outcomes.push((await scene.post({ text: 'x' })).result);
    assert.deepEqual(outcomes, ['retry', 'retry', 'retry', 'retry', 'failed', 'duplicate']);
    assert.match(String(scene.lines.at(-1)?.['message']), /given up/);
  });

  it('is given up when it has killed five subscribers', async (t) => {
    const scene = setScene(t);
    const die = new Promise<never>(() => {});
    for (let time = 0; time < 5; time++) {
      const begun = Promise.withResolvers<void>();
      const worker = scene.worker();
      void carryOut(
        { ...worker, chat: { ...worker.chat, createMessage: () => (begun.resolve(), die) } },
        notification({ text: 'x' }),
      );
      await begun.promise;
      scene.pass(LEASE_MS + 1);
    }
    assert.deepEqual(await scene.post({ text: 'x' }), { result: 'failed', reason: 'unexpected' });
    assert.deepEqual(scene.shown(), []);
  });

  it('is posted once when the ledger fails after the post', async (t) => {
    const scene = setScene(t);
    scene.enter = (path) => {
      if (path === 'complete') throw new StoreError('store_unavailable', 'down');
    };
    const unwritten = await scene.post({ text: 'x', key: 'k' });
    assert.deepEqual(unwritten, { result: 'retry', reason: 'store_unavailable' });
    scene.enter = () => {};
    await scene.post({ text: 'x', key: 'k' });
    assert.deepEqual(scene.shown(), ['x']);
  });

  it('waits for the ledger, and posts nothing without it', async (t) => {
    const scene = setScene(t);
    scene.enter = () => {
      throw new StoreError('store_unavailable', 'down');
    };
    const outcome = await scene.post({ text: 'x' });
    assert.deepEqual(outcome, { result: 'retry', reason: 'store_unavailable' });
    assert.deepEqual(scene.chat.calls, []);
  });

  it('is known in Chat by its key, whatever the release', async (t) => {
    const scene = setScene(t);
    await scene.post({ text: 'x', key: 'build' });
    const name = 'spaces/OPS/messages/client-postern-766a80db0e1737cf09bb448db5e20f23161a594b';
    assert.equal(scene.chat.messages()[0]?.name, messageName.parse(name));
  });
});
