/** A time of its own: it jumps to where the next sleeper wakes, when nothing else is left to do. */
export interface VirtualTime {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** How many sleep. */
  sleepers(): number;
  /** Until nobody sleeps any more. */
  run(): Promise<void>;
}

export function virtualTime(): VirtualTime {
  let now = 0;
  const sleepers = new Set<{ at: number; wake: () => void }>();
  const settled = (): Promise<void> => new Promise(setImmediate);
  return {
    now: () => now,
    sleepers: () => sleepers.size,
    sleep(ms, signal) {
      const { promise, resolve: wake, reject } = Promise.withResolvers<void>();
      const sleeper = { at: now + ms, wake };
      sleepers.add(sleeper);
      signal?.addEventListener('abort', () => {
        sleepers.delete(sleeper);
        reject(new Error('Woken'));
      });
      return promise;
    },
    async run() {
      for (await settled(); sleepers.size > 0; await settled()) {
        const [next] = [...sleepers].toSorted((one, other) => one.at - other.at);
        if (next === undefined) return;
        sleepers.delete(next);
        now = Math.max(now, next.at);
        next.wake();
      }
    },
  };
}
