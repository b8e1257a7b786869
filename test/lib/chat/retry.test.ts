import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type RetryOptions, withRetry } from '../../../src/lib/chat/retry.ts';
import { ChatError } from '../../../src/lib/errors.ts';
import { sleepingClock } from './sleeping-clock.ts';
import { unpaced } from './unpaced.ts';

const unavailable = new ChatError('chat_unavailable', 'Not now', { status: 503 });
const limitedFor = (retryAfterMs: number): ChatError =>
  new ChatError('chat_rate_limited', 'Too fast', { status: 429, retryAfterMs });

/** Time that only sleeping moves, and an attempt that fails with each of `failures` in turn before it succeeds. */
function scene(failures: readonly Error[], overrides: Partial<RetryOptions> = {}) {
  const failing = [...failures];
  const { waits, clock, sleep } = sleepingClock();
  let attempts = 0;
  const run = (): Promise<string> =>
    withRetry(
      async () => {
        attempts++;
        const failure = failing.shift();
        if (failure !== undefined) throw failure;
        return 'done';
      },
      {
        signal: new AbortController().signal,
        clock,
        sleep,
        random: () => 0.5,
        retryBudget: unpaced.retryBudget,
        ...overrides,
      },
    );
  return { run, waits, attempts: () => attempts };
}

describe('a call that is retried', () => {
  it('is made once when it succeeds', async () => {
    const { run, waits, attempts } = scene([]);
    assert.equal(await run(), 'done');
    assert.equal(attempts(), 1);
    assert.deepEqual(waits, []);
  });

  it('is repeated after waits whose bound doubles from half a second', async () => {
    const { run, waits } = scene(Array<Error>(5).fill(unavailable));
    assert.equal(await run(), 'done');
    assert.deepEqual(waits, [250, 500, 1000, 2000, 4000]);
  });

  it('waits anything up to its bound, 32 seconds at most, and at least what it was asked to', async () => {
    const asked = fc.option(fc.integer({ min: 0, max: 60_000 }), { nil: undefined });
    const draw = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(asked, draw), { maxLength: 12 }), async (rounds) => {
        const draws = rounds.map(([, random]) => random);
        const { run, waits } = scene(
          rounds.map(([ms]) => (ms === undefined ? unavailable : limitedFor(ms))),
          { random: () => draws.shift() ?? 0, maxAttempts: 20, budgetMs: Number.MAX_VALUE },
        );
        assert.equal(await run(), 'done');
        assert.equal(waits.length, rounds.length);
        for (const [round, [minimum = 0]] of rounds.entries()) {
          const wait = waits[round] ?? Number.NaN;
          const bound = Math.min(32_000, 500 * 2 ** round);
          assert.ok(wait >= minimum && wait <= minimum + bound, `wait ${round} is ${wait}`);
        }
      }),
    );
  });

  it('ends with the last error after the last attempt', async () => {
    const last = limitedFor(10);
    const { run, attempts } = scene([unavailable, unavailable, last, unavailable], {
      maxAttempts: 3,
    });
    await assert.rejects(run(), (error) => error === last);
    assert.equal(attempts(), 3);
  });

  it('ends with what Chat has said, when there was no turn for a repeat', async () => {
    const noTurn = new ChatError('chat_rate_limited', 'No turn', { retryAfterMs: 60_000 });
    const outage = scene([unavailable, noTurn], { budgetMs: 1000 });
    await assert.rejects(outage.run(), (error) => error === unavailable);
    assert.equal(outage.attempts(), 2);
    const waiting = scene([noTurn], { budgetMs: 1000 });
    await assert.rejects(waiting.run(), (error) => error === noTurn);
    const answered = scene([noTurn, unavailable, noTurn], { budgetMs: 100_000 });
    await assert.rejects(answered.run(), (error) => error === unavailable);
  });

  it('is bounded by default', async () => {
    const { run, attempts } = scene(Array<Error>(100).fill(unavailable));
    await assert.rejects(run(), unavailable);
    assert.equal(attempts(), 8);
  });

  it('gives up at once when it is asked to wait longer than its budget has left', async () => {
    const asked = limitedFor(90_000);
    const { run, waits } = scene([limitedFor(60_000), asked]);
    await assert.rejects(run(), (error) => error === asked && asked.retryAfterMs === 90_000);
    assert.deepEqual(waits, [60_250]);
  });

  for (const refusal of [new ChatError('chat_forbidden', 'No'), new TypeError('A defect')]) {
    it(`is not repeated after ${refusal.name}: ${refusal.message}`, async () => {
      const { run, waits } = scene([refusal]);
      await assert.rejects(run(), (error) => error === refusal);
      assert.deepEqual(waits, []);
    });
  }
});

describe('an aborted signal', () => {
  const reasons = [undefined, new Error('Shutting down'), 'a string'];

  for (const reason of reasons) {
    it(`keeps a call from being made, as chat_unavailable (reason: ${reason})`, async () => {
      const { run, attempts } = scene([], { signal: AbortSignal.abort(reason) });
      await assert.rejects(run(), { name: 'ChatError', code: 'chat_unavailable', retryable: true });
      assert.equal(attempts(), 0);
    });

    it(`ends a wait, with the error that led to it (reason: ${reason})`, async () => {
      const controller = new AbortController();
      const { run, attempts } = scene([limitedFor(700)], {
        signal: controller.signal,
        sleep: async (_ms, signal) => {
          controller.abort(reason);
          signal.throwIfAborted();
        },
      });
      await assert.rejects(run(), {
        code: 'chat_rate_limited',
        status: 429,
        retryAfterMs: 700,
        cause: limitedFor(700),
      });
      assert.equal(attempts(), 1);
    });
  }

  it('does not hide that a call was refused for good', async () => {
    const controller = new AbortController();
    const refusal = new ChatError('chat_not_member', 'Not a member');
    const attempt = async (): Promise<never> => {
      controller.abort();
      throw refusal;
    };
    const options = {
      signal: controller.signal,
      clock: () => 0,
      sleep: async () => {},
      random: () => 0,
      retryBudget: unpaced.retryBudget,
    };
    await assert.rejects(withRetry(attempt, options), (error) => error === refusal);
  });

  it('does not hide that waiting itself is broken', async () => {
    const broken = new RangeError('No timer');
    const { run } = scene([unavailable], { sleep: () => Promise.reject(broken) });
    await assert.rejects(run(), (error) => error === broken);
  });
});
