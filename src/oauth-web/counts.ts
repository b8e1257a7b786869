import type { Store } from 'express-rate-limit';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../lib/clock.ts';

/** So many keys are counted at once. Beyond that, those unseen for longest start anew. */
const MAX_COUNTED = 10_000;

interface Count {
  hits: number;
  /** In milliseconds since the epoch. */
  resetAt: number;
}

/** How often something was asked for, by key, in windows of time that begin with a key's first request. */
export interface Counts extends Store {
  countOf(key: string): Count;
}

/** In memory, and bounded, which the library's own is not. */
export function createCounts(clock: Clock, windowMs: number): Counts {
  const counts = new LRUCache<string, Count>({ max: MAX_COUNTED });
  const countOf = (key: string): Count => {
    const now = clock();
    const count = counts.get(key);
    // A clock that is put back keeps nobody out for longer.
    const isCurrent = count !== undefined && count.resetAt > now && count.resetAt <= now + windowMs;
    return isCurrent ? count : { hits: 0, resetAt: now + windowMs };
  };
  const add = (key: string, hits: number) => {
    const count = countOf(key);
    const changed = { ...count, hits: Math.max(0, count.hits + hits) };
    counts.set(key, changed);
    return { totalHits: changed.hits, resetTime: new Date(changed.resetAt) };
  };
  return {
    countOf,
    increment: (key) => add(key, 1),
    decrement: (key) => void add(key, -1),
    resetKey: (key) => void counts.delete(key),
  };
}
