import type { Clock } from '../clock.ts';
import type { Sealer } from '../store/sealer.ts';
import type { Grant } from '../store/store.ts';
import type { AuthorizationServer, PersonTokens } from './authorization.ts';
import { createTokenCache, type NoteFetch } from './token-cache.ts';

export interface PersonTokensDeps {
  server: Pick<AuthorizationServer, 'refresh'>;
  sealer: Sealer;
  clock: Clock;
  /** Told of each refresh: that is when Google sees a grant used. It must neither take time nor throw. */
  noteUse?: (grant: Grant) => void;
  noteFetch?: NoteFetch;
}

/** Access tokens of people, by the grant they come from: a newer consent never gets an older one's token. */
export function createPersonTokens({
  server,
  sealer,
  clock,
  noteUse,
  noteFetch,
}: PersonTokensDeps): PersonTokens {
  const cache = createTokenCache(clock, noteFetch);
  return {
    accessToken(grant, signal) {
      const refresh = async () => {
        const context = { collection: 'grants', owner: grant.user } as const;
        const refreshToken = await sealer.open(grant.refreshToken, context);
        const token = await server.refresh(refreshToken, new AbortController().signal);
        noteUse?.(grant);
        return token;
      };
      return cache.get(keyOf(grant), refresh, signal);
    },
    drop: (grant) => cache.drop(keyOf(grant)),
  };
}

function keyOf({ user, version }: Grant): string {
  return `${user} ${version}`;
}
