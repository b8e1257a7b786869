import { LRUCache } from 'lru-cache';
import { type Clock, minutes } from '../clock.ts';
import { AuthorizationError, type ErrorCode, PosternError } from '../errors.ts';
import type { AccessToken } from './authorization.ts';

const MAX_KEPT = 10_000;
/** A token that expires sooner than this might do so on its way to Chat. */
const MARGIN_MS = minutes(1);

/** Access tokens, in memory only: each fetched by one caller at a time, and kept until a minute before it expires. */
export interface TokenCache {
  /**
   * @param fetch belongs to all who wait for it, so that none of their signals may end it: it needs a time-out of its own
   * @throws AuthorizationError `oauth_unavailable` when `signal` aborts, and whatever `fetch` throws
   */
  get(key: string, fetch: () => Promise<AccessToken>, signal: AbortSignal): Promise<string>;

  /** Chat did not accept it. What is on its way is not kept either. */
  drop(key: string): void;
}

/** Told what came of each fetch: `fetched`, or a stable code. It must neither take time nor throw. */
export type NoteFetch = (outcome: ErrorCode | 'fetched' | 'unexpected') => void;

export function createTokenCache(clock: Clock, noteFetch: NoteFetch = () => {}): TokenCache {
  const kept = new LRUCache<string, AccessToken>({ max: MAX_KEPT });
  const flights = new Map<string, Promise<AccessToken>>();

  const takeOff = (key: string, fetch: () => Promise<AccessToken>): Promise<AccessToken> => {
    const flight = fetch()
      .then((token) => {
        // Dropped meanwhile: then it is not to be kept.
        if (flights.get(key) === flight) kept.set(key, token);
        noteFetch('fetched');
        return token;
      })
      .catch((error: unknown) => {
        noteFetch(error instanceof PosternError ? error.code : 'unexpected');
        throw error;
      })
      .finally(() => {
        if (flights.get(key) === flight) flights.delete(key);
      });
    flights.set(key, flight);
    return flight;
  };

  return {
    async get(key, fetch, signal) {
      const token = kept.get(key);
      if (token !== undefined && clock() < token.expiresAt - MARGIN_MS) return token.token;
      const flight = flights.get(key) ?? takeOff(key, fetch);
      return (await unlessAborted(flight, signal)).token;
    },

    drop(key) {
      kept.delete(key);
      flights.delete(key);
    },
  };
}

/** What the flight brings, or `oauth_unavailable` as soon as this one passenger has had enough. */
export async function unlessAborted<T>(flight: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void =>
    reject(
      new AuthorizationError('oauth_unavailable', 'There was no time left to wait for a token.'),
    );
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([flight, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
