import { createHash, timingSafeEqual } from 'node:crypto';
import { type LoginTicket, OAuth2Client } from 'google-auth-library';
import { z } from 'zod';
import { AuthorizationError } from '../errors.ts';
import { userName } from '../names.ts';
import type { Identity } from './authorization.ts';

export interface IdTokenOptions {
  clientId: string;
  /** A JSON map from key id to PEM certificate. */
  certsUrl: string;
  issuers: readonly string[];
  /** How long the certificates may take, in milliseconds. */
  timeoutMs: number;
}

/** @throws AuthorizationError `id_token_invalid`, or `oauth_unavailable` when the certificates can't be had */
export type VerifyIdToken = (idToken: string, nonce: string) => Promise<Identity>;

/** The library fetches the certificates up to four times. */
const CERTIFICATE_ATTEMPTS = 4;

/**
 * Verifies ID tokens as OpenID Connect Core, section 3.1.3.7, and Google's OpenID Connect guide ask. The library checks the
 * signature, the issuer, that we are the one audience, and the times by this machine's own clock give or take five minutes;
 * it caches the certificates for as long as their server says.
 */
export function createIdTokenVerifier(options: IdTokenOptions): VerifyIdToken {
  const { clientId, certsUrl, issuers, timeoutMs } = options;
  const google = new OAuth2Client({
    endpoints: { oauth2FederatedSignonPemCertsUrl: certsUrl },
    transporterOptions: { timeout: Math.ceil(timeoutMs / CERTIFICATE_ATTEMPTS), redirect: 'error' },
  });

  return async (idToken, nonce) => {
    const certs = await certificates(google);
    let ticket: LoginTicket;
    try {
      ticket = await google.verifySignedJwtWithCertsAsync(idToken, certs, clientId, [...issuers]);
    } catch {
      // The library's messages quote the token.
      throw invalid('its signature, issuer, audience or times are wrong');
    }
    return identityOf(ticket, clientId, nonce);
  };
}

async function certificates(google: OAuth2Client) {
  try {
    return (await google.getFederatedSignonCertsAsync()).certs;
  } catch {
    throw new AuthorizationError(
      'oauth_unavailable',
      "Google's certificates can't be fetched. Check that this machine reaches auth_provider_x509_cert_url.",
    );
  }
}

const header = z.object({ alg: z.literal('RS256') });

const claims = z.object({
  sub: z.string().min(1),
  nonce: z.string(),
  azp: z.string().optional(),
  email: z.string().optional(),
  hd: z.string().optional(),
});

/** What the library doesn't look at. */
function identityOf(ticket: LoginTicket, clientId: string, nonce: string): Identity {
  if (!header.safeParse(ticket.getEnvelope()).success) throw invalid('it is not signed with RS256');
  const payload = claims.safeParse(ticket.getPayload());
  if (!payload.success) throw invalid('a claim is missing');
  const { sub, azp, email, hd } = payload.data;
  if (azp !== undefined && azp !== clientId) throw invalid('it was issued to another client');
  if (!equalSecrets(payload.data.nonce, nonce)) throw invalid('its nonce is not that of the link');
  const user = userName.safeParse(`users/${sub}`);
  if (!user.success) throw invalid('its subject is not a user id');
  return { user: user.data, email, domain: hd };
}

/** In constant time; hashing makes the lengths equal. */
function equalSecrets(one: string, other: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}

function invalid(why: string): AuthorizationError {
  return new AuthorizationError('id_token_invalid', `The ID token is not to be trusted: ${why}.`);
}
