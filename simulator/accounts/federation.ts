import { z } from 'zod';
import type { RandomBytes } from '../../src/lib/authorization/ticket.ts';
import { type Clock, hours, minutes } from '../../src/lib/clock.ts';
import { OAuthRefusal, required } from './refusal.ts';
import { words } from './scopes.ts';
import type { Secrets } from './secrets.ts';
import { isCurrent, readSigned } from './service-account.ts';
import { generateSigningKey, type SigningKey, signJwt } from './signing-key.ts';
import { hashToken } from './state.ts';

/** The provider within the pool, as its full name has it (AIP-4117). */
const PROVIDER =
  'iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/postern/providers/datacenter';
/** The organization's own identity provider, which the pool trusts. */
const ISSUER = 'https://identity.postern.example';
const SUBJECT = 'postern-subscriber';

const TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:';
const LIFE_MS = hours(1);

const claims = z.object({
  iss: z.literal(ISSUER),
  aud: z.literal(`https://${PROVIDER}`),
  sub: z.literal(SUBJECT),
  iat: z.number(),
  exp: z.number(),
});

/** Whom a token of Google's speaks for that is no person's: a workload of the pool, or the service account that it acts as. */
export interface Workload {
  kind: 'federated' | 'service-account';
  scopes: readonly string[];
}

/** What an exchange gives: RFC 8693, section 2.2.1. */
export interface ExchangedToken {
  access_token: string;
  issued_token_type: string;
  token_type: 'Bearer';
  expires_in: number;
}

/** A pool that trusts the organization's identity provider, that provider, and the tokens that come of it. */
export interface Federation {
  /** What the identity provider gives to the workload: a JWT for the pool. Good for ten minutes, unless it is said to be stale. */
  subjectToken(options?: { stale?: boolean }): string;
  /** `POST /v1/token` of the Security Token Service. @throws OAuthRefusal */
  exchange(form: URLSearchParams): ExchangedToken;
  issue(workload: Workload): { token: string; expiresAt: number };
  /** Undefined when it is none of ours, or expired. */
  find(bearer: string): Workload | undefined;
}

export interface FederationDeps {
  secrets: Secrets;
  clock: Clock;
  randomBytes: RandomBytes;
}

export function createFederation({ secrets, clock, randomBytes }: FederationDeps): Federation {
  let key: SigningKey | undefined;
  const providersKey = (): SigningKey => {
    key ??= generateSigningKey();
    return key;
  };
  const issued = new Map<string, Workload & { expiresAt: number }>();

  const issue: Federation['issue'] = (workload) => {
    const token = secrets.note(`ya29.d.${Buffer.from(randomBytes(48)).toString('base64url')}`);
    const expiresAt = clock() + LIFE_MS;
    issued.set(hashToken(token), { ...workload, expiresAt });
    return { token, expiresAt };
  };
  const checkSubject = (jwt: string): void => {
    const { id: keyId, publicKeyPem } = providersKey();
    const read = claims.safeParse(readSigned(secrets.note(jwt), [{ keyId, publicKeyPem }]));
    if (read.success && isCurrent(read.data, clock)) return;
    throw new OAuthRefusal(
      400,
      'invalid_grant',
      'The subject token is not one of the provider, not meant for it, or stale.',
    );
  };

  return {
    issue,
    subjectToken({ stale = false } = {}) {
      const now = clock() - (stale ? hours(1) : 0);
      const times = { iat: now / 1000, exp: (now + minutes(10)) / 1000 };
      const said = { iss: ISSUER, aud: `https://${PROVIDER}`, sub: SUBJECT, ...times };
      return secrets.note(signJwt(providersKey(), said));
    },

    exchange(form) {
      const isGiven = (field: string, value: string, code: string): void => {
        if (required(form, field) === value) return;
        throw new OAuthRefusal(400, code, `Invalid value for "${field}".`);
      };
      isGiven(
        'grant_type',
        'urn:ietf:params:oauth:grant-type:token-exchange',
        'unsupported_grant_type',
      );
      isGiven('requested_token_type', `${TOKEN_TYPE}access_token`, 'invalid_request');
      isGiven('subject_token_type', `${TOKEN_TYPE}jwt`, 'invalid_request');
      isGiven('audience', `//${PROVIDER}`, 'invalid_target');
      const scopes = words(required(form, 'scope'));
      checkSubject(required(form, 'subject_token'));
      const { token } = issue({ kind: 'federated', scopes });
      return {
        access_token: token,
        issued_token_type: `${TOKEN_TYPE}access_token`,
        token_type: 'Bearer',
        expires_in: LIFE_MS / 1000,
      };
    },

    find(bearer) {
      const found = issued.get(hashToken(bearer));
      return found !== undefined && clock() < found.expiresAt ? found : undefined;
    },
  };
}
