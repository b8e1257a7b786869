import { backoff } from '../backoff.ts';
import { type Clock, minutes } from '../clock.ts';
import { ChatError } from '../errors.ts';
import type { RetryBudget } from './retry-budget.ts';

export interface RetryOptions {
  /** Ends the retrying, whatever it is at. */
  signal: AbortSignal;
  clock: Clock;
  /** Waits so many milliseconds; may reject when the signal aborts. */
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Uniform in [0, 1). */
  random: () => number;
  /** What repeats may cost. One for all calls of a process. */
  retryBudget: RetryBudget;
  /** How many times at most, the first included. */
  maxAttempts?: number;
  /** No attempt begins later than so many milliseconds after the first one was to. */
  budgetMs?: number;
}

const MAX_ATTEMPTS = 8;
const BUDGET_MS = minutes(2);

/**
 * Repeats what may succeed later, after waits with full jitter. What Chat asks us to wait is the
 * least that we wait; if that is more than the time has left, the error goes to the caller at once, with `retryAfterMs`.
 *
 * @param attempt one try, which can be repeated without harm. It gets how long it may wait before it begins, in milliseconds
 * @throws the last error that came of asking Chat, or else of waiting for a turn; the like of it, or `chat_unavailable`, when the
 *   signal aborted
 */
export async function withRetry<T>(
  attempt: (waitMs: number) => Promise<T>,
  options: RetryOptions,
): Promise<T> {
  const { signal, clock, random, retryBudget } = options;
  const { maxAttempts = MAX_ATTEMPTS, budgetMs = BUDGET_MS } = options;
  const giveUpAt = clock() + budgetMs;
  retryBudget.earn();
  let failure: ChatError | undefined;

  for (let attempts = 1; !signal.aborted; attempts++) {
    let latest: ChatError;
    try {
      return await attempt(giveUpAt - clock());
    } catch (error) {
      if (!(error instanceof ChatError && error.retryable)) throw error;
      latest = error;
    }
    failure = moreTelling(failure, latest);
    if (signal.aborted) break;
    const waitMs = (latest.retryAfterMs ?? 0) + backoff(attempts, random);
    if (attempts >= maxAttempts || clock() + waitMs > giveUpAt) throw failure;
    if (!isAffordable(latest, retryBudget)) throw failure;
    await pause(waitMs, options);
  }
  throw interrupted(failure);
}

/** That there was no turn for a repeat says nothing of Chat, and must not hide what Chat has said before. */
function moreTelling(before: ChatError | undefined, latest: ChatError): ChatError {
  const hadNoTurn = latest.code === 'chat_rate_limited' && latest.status === undefined;
  return hadNoTurn && before !== undefined ? before : latest;
}

/** What came too fast has to wait for its turn anyway, and so adds nothing to the load. */
function isAffordable({ code }: ChatError, retryBudget: RetryBudget): boolean {
  return code === 'chat_rate_limited' || retryBudget.spend();
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
    // Who only had to wait for a turn has seen no outage.
    failure?.code === 'chat_rate_limited' ? failure.code : 'chat_unavailable',
    'The time for this call was over before Chat accepted it. It can be repeated as it is.',
    {
      ...(failure === undefined ? {} : { cause: failure }),
      ...(failure?.status === undefined ? {} : { status: failure.status }),
      timedOut: failure?.timedOut ?? false,
      ...(failure?.retryAfterMs === undefined ? {} : { retryAfterMs: failure.retryAfterMs }),
    },
  );
}
