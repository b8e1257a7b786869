import { createHash } from 'node:crypto';
import type { SimulatedPerson } from '../world.ts';
import { EMAIL, PROFILE } from './scopes.ts';
import { type SigningKey, signJwt } from './signing-key.ts';

export interface IdTokenContent {
  issuer: string;
  clientId: string;
  person: SimulatedPerson;
  scopes: readonly string[];
  nonce: string | undefined;
  /** The one that is issued with it. */
  accessToken: string;
  /** In milliseconds since the epoch. */
  now: number;
}

/** Says who somebody is (OpenID Connect guide, "An ID token's payload"). Valid for an hour. */
export function idToken(key: SigningKey, content: IdTokenContent): string {
  const { issuer, clientId, person, scopes, nonce, accessToken, now } = content;
  const iat = Math.floor(now / 1000);
  return signJwt(key, {
    iss: issuer,
    azp: clientId,
    aud: clientId,
    sub: person.id,
    hd: person.domain,
    ...(scopes.includes(EMAIL) ? { email: person.email, email_verified: true } : {}),
    ...(scopes.includes(PROFILE) ? { name: person.displayName, ...localeOf(person) } : {}),
    at_hash: accessTokenHash(accessToken),
    ...(nonce === undefined ? {} : { nonce }),
    iat,
    exp: iat + 3600,
  });
}

function localeOf({ locale }: SimulatedPerson): { locale?: string } {
  return locale === undefined ? {} : { locale };
}

/** The left half of the hash (OpenID Connect Core, section 3.1.3.6). */
function accessTokenHash(accessToken: string): string {
  return createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url');
}
