import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { StoreError } from '../../../src/lib/errors.ts';
import { carryOut } from '../../../src/subscriber/notifications/carry-out.ts';
import { decideAck } from '../../../src/subscriber/notifications/outcome.ts';
import { notification } from './published.ts';
import { LEASE_MS, OPS, refusal, setScene } from './scene.ts';

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
      const dying = (): Promise<never> => {
        begun.resolve();
        return die;
      };
      void carryOut(
        { ...worker, chat: { ...worker.chat, createMessage: dying } },
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
});
