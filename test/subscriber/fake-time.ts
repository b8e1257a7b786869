/** Time that passes when the test says so. */
export function fakeTime() {
  let now = 1_000_000;
  const asleep = new Map<() => void, number>();
  return {
    clock: () => now,
    sleep: (ms: number, signal: AbortSignal): Promise<void> =>
      new Promise((resolve, reject) => {
        const wake = (): void => {
          asleep.delete(wake);
          resolve();
        };
        if (signal.aborted) return reject(new Error('woken'));
        asleep.set(wake, now + ms);
        signal.addEventListener('abort', () => {
          asleep.delete(wake);
          reject(new Error('woken'));
        });
      }),
    /** Fulfilled when everything has come to rest that had to happen by then. */
    async pass(ms: number): Promise<void> {
      now += ms;
      await rest();
      for (const [wake, at] of asleep) if (at <= now) wake();
      await rest();
    },
  };
}

/** Every promise that waits for nothing outside has been kept. */
export function rest(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
