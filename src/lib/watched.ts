/** What a process hands to the thread that watches it. */
export interface Watched {
  /** Two numbers that both threads see: how often the loop has turned, and whether somebody debugs it. */
  shared: Int32Array;
  /** For the last words. */
  service: string;
  /** How often the loop shows that it turns, in milliseconds. */
  beatMs: number;
  /** How many beats in a row may be missed. */
  beats: number;
}

/** Places in `shared`. */
export const BEAT = 0;
export const IS_DEBUGGED = 1;

/** A check without zod, which would cost the thread more than all that it does. */
export function isWatched(value: unknown): value is Watched {
  return (
    typeof value === 'object' &&
    value !== null &&
    'shared' in value &&
    value.shared instanceof Int32Array &&
    'service' in value &&
    typeof value.service === 'string' &&
    'beatMs' in value &&
    typeof value.beatMs === 'number' &&
    'beats' in value &&
    typeof value.beats === 'number'
  );
}
