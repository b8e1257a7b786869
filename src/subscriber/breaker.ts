import { seconds } from '../lib/clock.ts';

/**
 * A circuit breaker.
 *
 * - `closed`: all goes its way. Counts requests that met an outage since one went well
 * - `open`: nothing is tried, for a while
 * - `half-open`: one request at a time is tried; the first that tells anything decides
 */
export type Breaker =
  | { readonly is: 'closed'; readonly failing: ReadonlySet<string> }
  | { readonly is: 'open'; readonly times: number }
  | { readonly is: 'half-open'; readonly times: number };

export const CLOSED: Breaker = { is: 'closed', failing: new Set() };

/** Different ones: a request that fails again and again is a trouble of its own. */
const FAILING_REQUESTS = 5;

const FIRST_COOL_DOWN_MS = seconds(5);
const LONGEST_COOL_DOWN_MS = seconds(60);

export function afterOutage(breaker: Breaker, request: string): Breaker {
  switch (breaker.is) {
    case 'closed': {
      const failing = new Set([...breaker.failing, request]);
      return failing.size < FAILING_REQUESTS ? { is: 'closed', failing } : { is: 'open', times: 1 };
    }
    case 'half-open':
      return { is: 'open', times: breaker.times + 1 };
    case 'open':
      return breaker;
  }
}

export function afterSuccess(breaker: Breaker): Breaker {
  return breaker.is === 'open' ? breaker : CLOSED;
}

export function afterCoolDown(breaker: Breaker): Breaker {
  return breaker.is === 'open' ? { is: 'half-open', times: breaker.times } : breaker;
}

/**
 * How long it stays open, in milliseconds: twice as long each time that a trial fails, 60 s at most, and up to a half less, so
 * that processes that opened together don't try together.
 *
 * @param times how often it has opened since it was closed
 * @param random uniform in [0, 1)
 */
export function coolDownMs(times: number, random: () => number): number {
  const most = Math.min(LONGEST_COOL_DOWN_MS, FIRST_COOL_DOWN_MS * 2 ** (times - 1));
  return most * (1 - random() / 2);
}
