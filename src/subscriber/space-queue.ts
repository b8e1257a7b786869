import PQueue from 'p-queue';

/** Keeps order within a space, and lets spaces pass each other. */
export interface SpaceQueue {
  /** Runs a task after all earlier ones of the same space. Rejects as the task does. */
  run<T>(space: string, task: () => Promise<T>): Promise<T>;
}

/**
 * One task per space at a time, first come, first served; so many tasks at a time altogether. A space waits for its own turn
 * first, so that a flooded one holds a single place among those that run.
 */
export function createSpaceQueue(maxConcurrency: number): SpaceQueue {
  const running = new PQueue({ concurrency: maxConcurrency });
  /** The end of the last task of each space that has any. */
  const tails = new Map<string, Promise<unknown>>();

  return {
    run(space, task) {
      const earlier = tails.get(space) ?? Promise.resolve();
      const result = earlier.then(() => running.add(task));
      const tail = result
        .catch(() => {})
        .then(() => {
          if (tails.get(space) === tail) tails.delete(space);
        });
      tails.set(space, tail);
      return result;
    },
  };
}
