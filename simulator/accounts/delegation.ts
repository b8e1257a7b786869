import { z } from 'zod';
import type { Clock } from '../../src/lib/clock.ts';
import type { SimulatedPerson } from '../world.ts';
import { OAuthRefusal, required } from './refusal.ts';
import { PERSONS_CHAT_SCOPES, words } from './scopes.ts';
import type { Secrets } from './secrets.ts';
import { isCurrent, readSigned, type ServiceAccount } from './service-account.ts';
import type { SigningKey } from './signing-key.ts';
import type { TokenContent } from './tokens.ts';

export const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** What the administrators of Workspace domains have decided. */
export interface Administration {
  /** From now on, the service account may act as the people of a domain with these scopes, and no others. */
  allow(domain: string, scopes: readonly string[]): void;
  /** Suspends an account, by its person's id: Google doesn't know it any more. */
  suspend(userId: string): void;
}

export interface DelegationDeps {
  people: readonly SimulatedPerson[];
  serviceAccount: ServiceAccount;
  /** Google's own key of the service account: what IAM signs with. */
  signingKey: SigningKey;
  secrets: Secrets;
  /** Where the assertion has to be meant for. */
  tokenUrl: () => string;
  clock: Clock;
}

export interface Delegation extends Administration {
  /** What an assertion of the service account is worth. @throws OAuthRefusal in Google's words */
  redeem(form: URLSearchParams): TokenContent;
}

const claims = z.object({
  iss: z.string(),
  sub: z.string().optional(),
  scope: z.string().min(1),
  aud: z.string(),
  iat: z.number(),
  exp: z.number(),
});

/** Domain-wide delegation. Unless an administrator decides otherwise, the first person's domain allows all Chat scopes. */
export function createDelegation(deps: DelegationDeps): Delegation {
  const { people, serviceAccount, signingKey, secrets, tokenUrl, clock } = deps;
  const allowed = new Map(people.slice(0, 1).map(({ domain }) => [domain, PERSONS_CHAT_SCOPES]));
  const suspended = new Set<string>();
  const keys = [
    serviceAccount,
    { keyId: signingKey.id, publicKeyPem: signingKey.publicKeyPem },
  ] as const;

  const readAssertion = (assertion: string): z.infer<typeof claims> => {
    const read = claims.safeParse(readSigned(assertion, keys));
    if (!read.success || read.data.iss !== serviceAccount.clientEmail) {
      throw invalidGrant('Invalid JWT Signature.');
    }
    if (read.data.aud !== tokenUrl()) {
      throw invalidGrant('Invalid JWT: Failed audience check.');
    }
    if (!isCurrent(read.data, clock)) {
      throw invalidGrant(
        'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. ' +
          'Check your iat and exp values in the JWT claim.',
      );
    }
    return read.data;
  };

  return {
    allow: (domain, scopes) => void allowed.set(domain, scopes),
    suspend: (userId) => void suspended.add(userId),

    redeem(form) {
      const assertion = secrets.note(required(form, 'assertion'));
      const { sub, scope } = readAssertion(assertion);
      const scopes = words(scope);
      const person = people.find(({ email }) => email === sub?.toLowerCase());
      if (person === undefined || suspended.has(person.id)) {
        throw invalidGrant('Invalid email or User ID');
      }
      const listed = allowed.get(person.domain) ?? [];
      if (!scopes.every((asked) => listed.includes(asked))) {
        throw new OAuthRefusal(
          401,
          'unauthorized_client',
          'Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the ' +
            'scopes requested.',
        );
      }
      return { userId: person.id, scopes, lineage: 'delegation' };
    },
  };
}

function invalidGrant(description: string): OAuthRefusal {
  return new OAuthRefusal(400, 'invalid_grant', description);
}
