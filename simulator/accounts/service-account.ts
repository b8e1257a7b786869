import { verify } from 'node:crypto';
import { z } from 'zod';
import { type Clock, minutes, seconds } from '../../src/lib/clock.ts';
import type { Principal } from '../principal.ts';
import { words } from './scopes.ts';

/** The app's service account: what Google knows of it. */
export interface ServiceAccount {
  clientEmail: string;
  publicKeyPem: string;
  keyId: string;
}

/** How far another machine's clock may be ahead. */
const SKEW_MS = minutes(5);
const MAX_LIFE_SECONDS = 3600;

const header = z.object({ alg: z.literal('RS256'), kid: z.string() });

const selfSigned = z.object({
  iss: z.string(),
  sub: z.string(),
  scope: z.string().min(1),
  iat: z.number(),
  exp: z.number(),
  // A token for one audience carries no scopes, and one with scopes no audience (AIP-4111).
  aud: z.undefined().optional(),
});

/**
 * Whom a self-signed JWT with scopes speaks for (AIP-4111). Such a token is signed with the service account's key on the app's
 * side, and never seen before by anybody.
 *
 * @returns undefined when it isn't one, or not a good one
 */
export function verifyServiceAccountJwt(
  bearer: string,
  account: ServiceAccount,
  clock: Clock,
): Principal | undefined {
  const claims = selfSigned.safeParse(readSigned(bearer, [account]));
  if (!claims.success) return undefined;
  const { iss, sub, scope } = claims.data;
  const isGood =
    iss === account.clientEmail && sub === account.clientEmail && isCurrent(claims.data, clock);
  return isGood ? { kind: 'app', scopes: words(scope) } : undefined;
}

/** Whether a JWT is neither too old nor too new, nor good for too long. */
export function isCurrent({ iat, exp }: { iat: number; exp: number }, clock: Clock): boolean {
  const now = clock();
  const isShort = exp - iat <= MAX_LIFE_SECONDS;
  return isShort && seconds(iat) <= now + SKEW_MS && now < seconds(exp);
}

/**
 * What a JWT says, whatever that is.
 *
 * @returns undefined when it isn't one, or not signed with one of the keys
 */
export function readSigned(
  jwt: string,
  keys: readonly Pick<ServiceAccount, 'keyId' | 'publicKeyPem'>[],
): unknown {
  const [head, body, signature, ...rest] = jwt.split('.');
  if (head === undefined || body === undefined || signature === undefined || rest.length > 0) {
    return undefined;
  }
  const kid = header.safeParse(decode(head)).data?.kid;
  const key = keys.find(({ keyId }) => keyId === kid);
  if (key === undefined) return undefined;
  const signed = Buffer.from(`${head}.${body}`);
  const isGood = verify(
    'RSA-SHA256',
    signed,
    key.publicKeyPem,
    Buffer.from(signature, 'base64url'),
  );
  return isGood ? decode(body) : undefined;
}

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
