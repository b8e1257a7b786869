import { backoff } from '../backoff.ts';
import { type Clock, minutes } from '../clock.ts';
import { ChatError } from '../errors.ts';

export interface RetryOptions {
  /** Ends the retrying, whatever it is at. */
  signal: AbortSignal;
  clock: Clock;
  /** Waits so many milliseconds; may reject when the signal aborts. */
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Uniform in [0, 1). */
  random: () => number;
  /** How many times at most, the first included. */
  maxAttempts?: number;
  /** No wait ends later than so many milliseconds after the first attempt began. */
  budgetMs?: number;
}

const MAX_ATTEMPTS = 8;
const BUDGET_MS = minutes(2);

/**
 * Repeats what may succeed later, after waits with full jitter. What Chat asks us to wait is the least that we wait; if that is more than the budget has left, the error goes to the caller at once, with `retryAfterMs`.
 *
 * @param attempt one try, which can be repeated without harm
 * @throws the last error of `attempt`; `chat_unavailable`, with that error as its cause, when the signal aborted
 */
export async function withRetry<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { signal, clock, random, maxAttempts = MAX_ATTEMPTS, budgetMs = BUDGET_MS } = options;
  const giveUpAt = clock() + budgetMs;
  let failure: ChatError | undefined;

  for (let attempts = 1; !signal.aborted; attempts++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof ChatError && error.retryable)) throw error;
      failure = error;
    }
    if (signal.aborted) break;
    const waitMs = (failure.retryAfterMs ?? 0) + backoff(attempts, random);
    if (attempts >= maxAttempts || clock() + waitMs > giveUpAt) throw failure;
    await pause(waitMs, options);
  }
  throw interrupted(failure);
}

/** Ends when the time is over, or when the signal aborts. */
async function pause(ms: number, { sleep, signal }: RetryOptions): Promise<void> {
  try {
    await sleep(ms, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

function interrupted(failure: ChatError | undefined): ChatError {
  return new ChatError(
    'chat_unavailable',
    'The time for this call was over before Chat accepted it. It can be repeated as it is.',
    {
      ...(failure === undefined ? {} : { cause: failure }),
      ...(failure?.status === undefined ? {} : { status: failure.status }),
      ...(failure?.retryAfterMs === undefined ? {} : { retryAfterMs: failure.retryAfterMs }),
    },
  );
}
