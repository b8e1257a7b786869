import type { Clock } from '../../src/lib/clock.ts';

/** The clock and the alarm of a broker, in milliseconds. Injected, so that tests don't wait for a deadline. */
export interface Timers {
  now: Clock;
  /** Calls back once, `delayMs` from now, unless the returned function is called before. */
  after(delayMs: number, callback: () => void): () => void;
}

export const systemTimers: Timers = {
  now: () => Date.now(),
  after(delayMs, callback) {
    const timeout = setTimeout(callback, delayMs);
    return () => clearTimeout(timeout);
  },
};
