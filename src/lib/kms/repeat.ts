import { backoff } from '../backoff.ts';
import { seconds } from '../clock.ts';
import { withDeadline } from '../deadline.ts';
import { KmsError } from '../errors.ts';
import { notAnswered } from './refusal.ts';

/** How long a call may take, its repeats included, in milliseconds: little of what a request has. */
const DEADLINE_MS = seconds(10);
const ATTEMPTS = 3;

export interface RepeatOptions {
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Uniform in [0, 1). */
  random: () => number;
}

/**
 * Repeats a call that Cloud KMS can't serve at the moment, twice at most.
 *
 * @throws KmsError whatever went wrong: what fetch or a deadline throws may hold what was sent, and stays behind
 */
export async function repeated<T>(
  attempt: (signal: AbortSignal) => Promise<T>,
  options: RepeatOptions,
): Promise<T> {
  const time = { ms: DEADLINE_MS, signal: new AbortController().signal };
  try {
    return await withDeadline(time, (signal) => again(attempt, 1, signal, options));
  } catch (error) {
    throw asKmsError(error);
  }
}

async function again<T>(
  attempt: (signal: AbortSignal) => Promise<T>,
  count: number,
  signal: AbortSignal,
  { sleep, random }: RepeatOptions,
): Promise<T> {
  try {
    return await attempt(signal);
  } catch (error) {
    const known = asKmsError(error);
    const pause = known.retryAfterMs ?? backoff(count, random);
    const isLast = count >= ATTEMPTS || pause >= DEADLINE_MS;
    if (known.code === 'kms_rejected' || isLast) throw known;
    await sleep(pause, signal);
  }
  return await again(attempt, count + 1, signal, { sleep, random });
}

function asKmsError(error: unknown): KmsError {
  return error instanceof KmsError
    ? error
    : notAnswered('it did not answer in time, or not at all');
}
