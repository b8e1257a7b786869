import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { withRetry } from '../../../src/lib/chat/retry.ts';
import { createRetryBudget } from '../../../src/lib/chat/retry-budget.ts';
import { seconds } from '../../../src/lib/clock.ts';
import { ChatError } from '../../../src/lib/errors.ts';

describe('what repeats may cost', () => {
  it('is ten at first', () => {
    const budget = createRetryBudget(() => 0);
    const spent = Array.from({ length: 12 }, () => budget.spend());
    assert.deepEqual(spent, [...Array<boolean>(10).fill(true), false, false]);
  });

  it('is earned again by ten calls, or by ten seconds', () => {
    let now = 0;
    const budget = createRetryBudget(() => now);
    while (budget.spend());
    for (let call = 0; call < 9; call++) budget.earn();
    assert.equal(budget.spend(), false);
    budget.earn();
    assert.equal(budget.spend(), true);
    now = seconds(10);
    assert.equal(budget.spend(), true);
    assert.equal(budget.spend(), false);
  });

  it('is never more than ten, and one for ten calls', () => {
    const steps = fc.array(fc.boolean(), { maxLength: 500 });
    fc.assert(
      fc.property(steps, (calls) => {
        const budget = createRetryBudget(() => 0);
        let earned = 0;
        let spent = 0;
        for (const isCall of calls) {
          if (isCall) {
            budget.earn();
            earned += 0.1;
          } else if (budget.spend()) spent += 1;
          assert.ok(spent <= 10 + earned + 1e-9);
        }
      }),
    );
  });
});

describe('an outage', () => {
  /** Many calls, one after the other, while every attempt fails so. */
  async function attemptsOf(calls: number, failure: ChatError): Promise<number> {
    const retryBudget = createRetryBudget(() => 0);
    const options = {
      signal: new AbortController().signal,
      clock: () => 0,
      sleep: async () => {},
      random: () => 0,
      retryBudget,
    };
    let attempts = 0;
    const attempt = (): Promise<never> => {
      attempts += 1;
      return Promise.reject(failure);
    };
    for (let call = 0; call < calls; call++) {
      await assert.rejects(withRetry(attempt, options), failure);
    }
    return attempts;
  }

  it('is not answered with a multiple of the load', async () => {
    const attempts = await attemptsOf(1000, new ChatError('chat_unavailable', 'Not now'));
    assert.ok(attempts <= 1110, `${attempts} attempts at 1000 calls`);
    assert.ok(attempts >= 1100);
  });

  it('is not what a 429 is: it waits for its turn as before, and costs nothing', async () => {
    assert.equal(await attemptsOf(100, new ChatError('chat_rate_limited', 'Too fast')), 800);
  });
});
