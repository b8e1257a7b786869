import { LRUCache } from 'lru-cache';

/** More than there are languages or time zones: whoever sends others just makes us read them again. */
const MAX_KNOWN = 1000;

/**
 * Asks `Intl` once for each value: it takes longer over one than most else takes over an event.
 *
 * @param read what it throws at is undefined from then on
 */
export function remembered(read: (value: string) => string | undefined) {
  const known = new LRUCache<string, { read: string | undefined }>({ max: MAX_KNOWN });
  return (value: string): string | undefined => {
    const before = known.get(value);
    if (before !== undefined) return before.read;
    const found = { read: attempt(value, read) };
    known.set(value, found);
    return found.read;
  };
}

function attempt(value: string, read: (value: string) => string | undefined): string | undefined {
  try {
    return read(value);
  } catch {
    return undefined;
  }
}
