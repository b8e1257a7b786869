import type { PersonTokens } from '../lib/authorization/authorization.ts';
import { AuthorizationError, SealError } from '../lib/errors.ts';
import type { Grant, GrantStore } from '../lib/store/store.ts';
import type { Log } from '../lib/telemetry/log.ts';
import type { PersonCredentials } from './person-chat.ts';

/** The person must consent (again) before this can be carried out. */
export class ConsentNeeded extends Error {
  readonly reason: 'permission-missing' | 'connection-ended';
  /** Of the grant that didn't do; 0: there is none any more. Another one is a newer consent. */
  readonly grantVersion: number;

  constructor(reason: ConsentNeeded['reason'], grantVersion: number) {
    super('The person’s consent is needed');
    this.reason = reason;
    this.grantVersion = grantVersion;
  }
}

export interface ConsentedCredentialsDeps {
  tokens: PersonTokens;
  grants: Pick<GrantStore, 'delete'>;
  log: Log;
}

/**
 * What a person has granted. A grant that Google has ended is deleted, unless a newer one has taken its place; one that we
 * can't open is left alone, since its key may come back.
 *
 * They throw `ConsentNeeded` when the grant is dead, can't be opened, or has too few scopes.
 */
export function consentedCredentials(
  { tokens, grants, log }: ConsentedCredentialsDeps,
  grant: Grant,
): PersonCredentials {
  return {
    user: grant.user,

    async accessToken(signal) {
      try {
        return await tokens.accessToken(grant, signal);
      } catch (error) {
        if (error instanceof SealError) {
          log.error('a grant can’t be opened: its person is asked to connect again', { error });
          throw new ConsentNeeded('connection-ended', grant.version);
        }
        if (!(error instanceof AuthorizationError) || error.code !== 'grant_revoked') throw error;
        await grants.delete(grant.user, grant.version);
        throw new ConsentNeeded('connection-ended', 0);
      }
    },

    drop: () => tokens.drop(grant),
    scopeMissing: () => new ConsentNeeded('permission-missing', grant.version),
  };
}
