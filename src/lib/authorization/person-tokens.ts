import type { Clock } from '../clock.ts';
import type { Sealer } from '../store/sealer.ts';
import type { Grant } from '../store/store.ts';
import type { AuthorizationServer, PersonTokens } from './authorization.ts';
import { createTokenCache } from './token-cache.ts';

export interface PersonTokensDeps {
  server: Pick<AuthorizationServer, 'refresh'>;
  sealer: Sealer;
  clock: Clock;
}

/** Access tokens of people, by the grant they come from: a newer consent never gets an older one's token. */
export function createPersonTokens({ server, sealer, clock }: PersonTokensDeps): PersonTokens {
  const cache = createTokenCache(clock);
  return {
    accessToken(grant, signal) {
      const refresh = async () => {
        const context = { collection: 'grants', owner: grant.user } as const;
        const refreshToken = await sealer.open(grant.refreshToken, context);
        return server.refresh(refreshToken, new AbortController().signal);
      };
      return cache.get(keyOf(grant), refresh, signal);
    },
    drop: (grant) => cache.drop(keyOf(grant)),
  };
}

function keyOf({ user, version }: Grant): string {
  return `${user} ${version}`;
}
