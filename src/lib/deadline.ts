/** Attempts may end a sixtieth of their time early: those that begin within that share a signal. */
const SHARING = 1 / 60;

/**
 * Signals that abort when so much time is over. Few of them, because each stays in memory until then, be it a minute, and
 * there is one for every request of that minute.
 *
 * @param ms what there is time for, but for a sixtieth. Need not be whole, which `AbortSignal.timeout` insists on
 * @param signal ends it sooner
 * @param elapsed a time in milliseconds that never goes back
 */
export function createDeadlines(options: {
  ms: number;
  signal: AbortSignal;
  elapsed: () => number;
}): () => AbortSignal {
  const { ms, signal, elapsed } = options;
  let newest: { signal: AbortSignal; sharedUntil: number } | undefined;
  return () => {
    const now = elapsed();
    if (newest === undefined || now >= newest.sharedUntil) {
      newest = {
        signal: AbortSignal.any([AbortSignal.timeout(Math.floor(ms)), signal]),
        sharedUntil: now + ms * SHARING,
      };
    }
    return newest.signal;
  };
}

/**
 * Does some work within a time, and holds nothing of it any longer than that takes.
 *
 * @param time.signal ends it sooner
 * @param work gets the signal that ends it, whichever reason there is
 * @throws `AbortError` or `TimeoutError` once it has ended, even while `work` goes on because it knows no signal
 */
export async function withDeadline<T>(
  time: { ms: number; signal: AbortSignal },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const ending = new AbortController();
  const { promise: ended, reject } = Promise.withResolvers<never>();
  // Also when nobody listens, because the work has failed at once.
  ended.catch(() => {});
  const end = (name: 'AbortError' | 'TimeoutError'): void => {
    const reason = new DOMException('The time for this is over', name);
    ending.abort(reason);
    reject(reason);
  };
  const abort = (): void => end('AbortError');
  const late = setTimeout(() => end('TimeoutError'), time.ms);
  if (time.signal.aborted) abort();
  else time.signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work(ending.signal), ended]);
  } finally {
    clearTimeout(late);
    time.signal.removeEventListener('abort', abort);
  }
}
