/** What waits for its turn, of all spaces. */
export interface WaitingRoom<T> {
  /** @returns false when the space's places are taken */
  enter(one: T, space: string): boolean;
  /** @returns false when it doesn't wait any more */
  leave(one: T): boolean;
  /** Sends everybody away. @returns whoever waited */
  empty(): T[];
}

/**
 * How many of one space may wait. They take a quarter of an hour at Chat's pace; what comes after them would rather wait at
 * Pub/Sub, and leave the place to other spaces.
 */
const PLACES_PER_SPACE = 1000;

export function createWaitingRoom<T>(placesPerSpace = PLACES_PER_SPACE): WaitingRoom<T> {
  const spaces = new Map<T, string>();
  const taken = new Map<string, number>();

  const count = (space: string, change: number): void => {
    const now = (taken.get(space) ?? 0) + change;
    if (now > 0) taken.set(space, now);
    else taken.delete(space);
  };

  return {
    enter(one, space) {
      if ((taken.get(space) ?? 0) >= placesPerSpace) return false;
      spaces.set(one, space);
      count(space, 1);
      return true;
    },
    leave(one) {
      const space = spaces.get(one);
      if (space === undefined) return false;
      spaces.delete(one);
      count(space, -1);
      return true;
    },
    empty() {
      const all = [...spaces.keys()];
      spaces.clear();
      taken.clear();
      return all;
    },
  };
}
