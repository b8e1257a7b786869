import { seconds } from '../clock.ts';

/**
 * How much all calls of a process may be repeated, taken together: an outage must not be answered with a multiple of the load
 * (security-reliability.md, D).
 */
export interface RetryBudget {
  /** A call is made, not counting its repeats. */
  earn(): void;
  /** Whether there is something left for one repeat, which is spent then. */
  spend(): boolean;
}

/** Of many calls one in ten may be repeated. That needs no more than whole numbers, so they are what is counted. */
const EARNED_BY_A_CALL = 1;
const COST = 10;
/** Ten repeats: few calls in a quiet time may be repeated as if there were no budget. */
const MOST = 10 * COST;
/** A process with little to do has something left again soon, however its last outage ended: one repeat in ten seconds. */
const EARNING_MS = seconds(1);

/** @param elapsed a time in milliseconds that never goes back */
export function createRetryBudget(elapsed: () => number): RetryBudget {
  let left = MOST;
  let since = elapsed();
  const earn = (amount: number): void => {
    left = Math.min(MOST, left + amount);
  };
  return {
    earn: () => earn(EARNED_BY_A_CALL),
    spend() {
      const now = elapsed();
      earn((now - since) / EARNING_MS);
      since = now;
      if (left < COST) return false;
      left -= COST;
      return true;
    },
  };
}
