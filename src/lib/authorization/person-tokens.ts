import { LRUCache } from 'lru-cache';
import { type Clock, minutes } from '../clock.ts';
import { AuthorizationError } from '../errors.ts';
import type { Sealer } from '../store/sealer.ts';
import type { Grant } from '../store/store.ts';
import type { AccessToken, AuthorizationServer, PersonTokens } from './authorization.ts';

const MAX_KEPT = 10_000;
/** A token that expires sooner than this might do so on its way to Chat. */
const MARGIN_MS = minutes(1);

export interface PersonTokensDeps {
  server: Pick<AuthorizationServer, 'refresh'>;
  sealer: Sealer;
  clock: Clock;
}

/** Access tokens of people, by the grant they come from: a newer consent never gets an older one's token. */
export function createPersonTokens({ server, sealer, clock }: PersonTokensDeps): PersonTokens {
  const kept = new LRUCache<string, AccessToken>({ max: MAX_KEPT });
  const flights = new Map<string, Promise<AccessToken>>();

  /** Belongs to all who wait for it, so that none of their signals ends it. The server's time-out does. */
  const refresh = async (grant: Grant): Promise<AccessToken> => {
    const context = { collection: 'grants', owner: grant.user } as const;
    const refreshToken = await sealer.open(grant.refreshToken, context);
    return server.refresh(refreshToken, new AbortController().signal);
  };

  const takeOff = (key: string, grant: Grant): Promise<AccessToken> => {
    const flight = refresh(grant)
      .then((token) => {
        // Dropped meanwhile: then it is not to be kept.
        if (flights.get(key) === flight) kept.set(key, token);
        return token;
      })
      .finally(() => {
        if (flights.get(key) === flight) flights.delete(key);
      });
    flights.set(key, flight);
    return flight;
  };

  return {
    async accessToken(grant, signal) {
      const key = keyOf(grant);
      const token = kept.get(key);
      if (token !== undefined && clock() < token.expiresAt - MARGIN_MS) return token.token;
      const flight = flights.get(key) ?? takeOff(key, grant);
      return (await unlessAborted(flight, signal)).token;
    },

    drop(grant) {
      kept.delete(keyOf(grant));
      flights.delete(keyOf(grant));
    },
  };
}

function keyOf({ user, version }: Grant): string {
  return `${user} ${version}`;
}

/** What the flight brings, or an error as soon as this one passenger has had enough. */
async function unlessAborted<T>(flight: Promise<T>, signal: AbortSignal): Promise<T> {
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
