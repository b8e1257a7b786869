/** What waits for its turn, of all spaces. */
export interface WaitingRoom<T> {
  /** @returns false when there is no place left for one more of this space */
  enter(one: T, space: string): boolean;
  /** @returns false when it doesn't wait any more */
  leave(one: T): boolean;
  size(): number;
  /** Sends everybody away. @returns whoever waited */
  empty(): T[];
}

/**
 * A space may take half as many places as are free. So one flooded space gets a third of the room, two get a quarter each, and
 * however many there are, a place is left for whoever else comes: the dynamic threshold of switches with a shared buffer
 * (Choudhury and Hahne, 1998). What finds no place would rather wait at Pub/Sub.
 */
export function createWaitingRoom<T>(places: number): WaitingRoom<T> {
  const spaces = new Map<T, string>();
  const taken = new Map<string, number>();

  const count = (space: string, change: number): void => {
    const now = (taken.get(space) ?? 0) + change;
    if (now > 0) taken.set(space, now);
    else taken.delete(space);
  };

  return {
    enter(one, space) {
      const free = places - spaces.size;
      if ((taken.get(space) ?? 0) * 2 >= free) return false;
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
    size: () => spaces.size,
    empty() {
      const all = [...spaces.keys()];
      spaces.clear();
      taken.clear();
      return all;
    },
  };
}
