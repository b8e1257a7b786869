/** What a run waits for at this moment, so that one that comes to no end can say where it stands. */
export interface Waits {
  /** Gives what `work` gives, and throws what it throws. */
  until<T>(what: string, work: Promise<T>): Promise<T>;
  /** The oldest first. */
  now(): string[];
}

export function createWaits(): Waits {
  const waits = new Map<symbol, string>();
  return {
    async until(what, work) {
      const wait = Symbol(what);
      waits.set(wait, what);
      try {
        return await work;
      } finally {
        waits.delete(wait);
      }
    },
    now: () => [...waits.values()],
  };
}
