import { z } from 'zod';
import { type Clock, seconds } from '../clock.ts';
import { AuthorizationError } from '../errors.ts';
import type { AccessToken, CodeExchange } from './authorization.ts';
import type { OAuthClient } from './client-file.ts';
import { type Answer, postForm } from './post.ts';

/** Google's token endpoint, for our client. Both methods post once and throw `AuthorizationError`. */
export interface TokenEndpoint {
  exchangeCode(code: string, verifier: string): Promise<CodeExchange>;
  refresh(refreshToken: string, signal: AbortSignal): Promise<AccessToken>;
}

export interface TokenEndpointOptions {
  client: OAuthClient;
  /** The one that was in the consent link. */
  redirectUri: string;
  clock: Clock;
  timeoutMs: number;
}

/** Visible ASCII, which all of it has to be (RFC 6749, appendix A), so that none breaks the header or the form that it goes into. */
const token = z
  .string()
  .max(16_384)
  .regex(/^[\x21-\x7E]+$/);

const exchanged = z.object({
  // Some servers send an empty one where they have none to give.
  refresh_token: token.or(z.literal('')).optional(),
  id_token: token,
  scope: z.string().max(16_384),
});

/** An access token, as every grant brings one. */
export const refreshed = z.object({ access_token: token, expires_in: z.number().positive() });

const refusal = z.object({ error: z.string() });

/** The refusals that mean "your client", not "this code" (RFC 6749, section 5.2; web-server guide, "Errors"). */
const CLIENT_REFUSALS = new Set([
  'invalid_client',
  'unauthorized_client',
  'deleted_client',
  'disabled_client',
  'redirect_uri_mismatch',
]);

/** What `invalid_grant` means depends on what was sent. */
const CODE_REJECTED = {
  code: 'oauth_code_rejected',
  message: 'Google did not accept the code. It was used before, or is too old: consent again.',
} as const;
const GRANT_REVOKED = {
  code: 'grant_revoked',
  message: 'Google no longer accepts the refresh token: the person has to connect again.',
} as const;

/** The token endpoint that the client's file names. */
export function createTokenEndpoint(options: TokenEndpointOptions): TokenEndpoint {
  const { client, redirectUri, clock, timeoutMs } = options;
  const credentials = { client_id: client.clientId, client_secret: client.clientSecret };
  return {
    async exchangeCode(code, verifier) {
      const form = {
        ...credentials,
        grant_type: 'authorization_code',
        code,
        code_verifier: verifier,
        redirect_uri: redirectUri,
      };
      const answer = await postForm(client.tokenUri, form, { timeoutMs });
      const granted = read(answer, exchanged, CODE_REJECTED);
      return {
        refreshToken: granted.refresh_token || undefined,
        idToken: granted.id_token,
        scopes: granted.scope.split(' ').filter((scope) => scope !== ''),
      };
    },

    async refresh(refreshToken, signal) {
      const form = { ...credentials, grant_type: 'refresh_token', refresh_token: refreshToken };
      const answer = await postForm(client.tokenUri, form, { timeoutMs, signal });
      const fresh = read(answer, refreshed, GRANT_REVOKED);
      return { token: fresh.access_token, expiresAt: clock() + seconds(fresh.expires_in) };
    },
  };
}

/** What an answer holds, or the error that its status and error code stand for. Nothing else of it reaches the error. */
function read<Content>(
  answer: Answer,
  content: z.ZodType<Content>,
  invalidGrant: typeof CODE_REJECTED | typeof GRANT_REVOKED,
): Content {
  if (answer.status === 200) {
    const parsed = content.safeParse(answer.body);
    if (parsed.success) return parsed.data;
    throw new AuthorizationError(
      'oauth_response_invalid',
      'Google answered a token request without what has to be in it.',
    );
  }
  throw refusalToError(answer, invalidGrant);
}

function refusalToError(
  { status, body, retryAfterMs }: Answer,
  invalidGrant: typeof CODE_REJECTED | typeof GRANT_REVOKED,
): AuthorizationError {
  if (status === 429 || status >= 500) return unavailable(status, retryAfterMs);
  const error = refusal.safeParse(body).data?.error;
  if (error === 'invalid_grant') {
    return new AuthorizationError(invalidGrant.code, invalidGrant.message);
  }
  if (error !== undefined && CLIENT_REFUSALS.has(error)) {
    return new AuthorizationError(
      'oauth_client_rejected',
      `Google rejected our OAuth client (${error}). Check that the file in OAUTH_CLIENT_FILE is the current one, ` +
        'and that its client lists OAUTH_REDIRECT_URI.',
    );
  }
  return new AuthorizationError(
    'oauth_response_invalid',
    `Google refused a token request for a reason that we don't know (HTTP ${status}).`,
  );
}

/** Google is there, but not well, or wants us to slow down. */
export function unavailable(status: number, retryAfterMs?: number): AuthorizationError {
  return new AuthorizationError(
    'oauth_unavailable',
    `Google's authorization server can't serve us at the moment (HTTP ${status}).`,
    retryAfterMs === undefined ? {} : { retryAfterMs },
  );
}
