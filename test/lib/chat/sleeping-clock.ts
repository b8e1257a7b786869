/** A clock that only sleeping moves, and how long each sleep was. */
export function sleepingClock() {
  const waits: number[] = [];
  let now = 1_000_000;
  return {
    waits,
    clock: () => now,
    sleep: async (ms: number): Promise<void> => {
      waits.push(ms);
      now += ms;
    },
  };
}
