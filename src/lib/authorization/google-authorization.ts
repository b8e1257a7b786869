import { z } from 'zod';
import { type Clock, seconds } from '../clock.ts';
import { AuthorizationError } from '../errors.ts';
import type { AuthorizationServer, ConsentRequest } from './authorization.ts';
import type { OAuthClient } from './client-file.ts';
import { createIdTokenVerifier } from './id-token.ts';
import { postForm } from './post.ts';
import { createTokenEndpoint, unavailable } from './token-endpoint.ts';

/** Google's name in `iss`, unless configured otherwise. */
export const GOOGLE_ISSUER = 'https://accounts.google.com';
/** Web-server guide, "Revoking a token". */
export const GOOGLE_REVOKE_URL = 'https://oauth2.googleapis.com/revoke';

export interface AuthorizationServerOptions {
  client: OAuthClient;
  /** One of the client's. */
  redirectUri: string;
  issuer: string;
  revokeUrl: string;
  /** Google proposes accounts of this Workspace domain only. A hint: the callback checks. */
  allowedDomain?: string | undefined;
  clock: Clock;
  /** How long each call may take, in milliseconds. 10 seconds unless said otherwise. */
  timeoutMs?: number;
}

/** Google's authorization server, for one OAuth client. Endpoints come from the client's file. */
export function createAuthorizationServer(
  options: AuthorizationServerOptions,
): AuthorizationServer {
  const { client, revokeUrl, timeoutMs = seconds(10) } = options;
  const endpoint = createTokenEndpoint({ ...options, timeoutMs });
  const verifyIdToken = createIdTokenVerifier({
    clientId: client.clientId,
    certsUrl: client.certsUrl,
    issuers: issuersOf(options.issuer),
    timeoutMs,
  });
  return {
    consentUrl: (request) => consentUrl(options, request),
    exchangeCode: endpoint.exchangeCode,
    verifyIdToken,
    refresh: endpoint.refresh,
    revoke: (token, signal) => revoke(revokeUrl, token, { timeoutMs, signal }),
  };
}

/** Google's own name comes with or without the scheme (OpenID Connect guide, "Validating an ID token"). */
function issuersOf(issuer: string): readonly string[] {
  return issuer === GOOGLE_ISSUER ? [issuer, 'accounts.google.com'] : [issuer];
}

/**
 * `prompt=consent` for a refresh token every time, and because nobody should be able to connect somebody with one click;
 * `include_granted_scopes` so that earlier grants stay (chat-platform.md, section 8).
 */
function consentUrl(options: AuthorizationServerOptions, request: ConsentRequest): string {
  const url = new URL(options.client.authUri);
  const parameters = {
    response_type: 'code',
    client_id: options.client.clientId,
    redirect_uri: options.redirectUri,
    scope: request.scopes.join(' '),
    access_type: 'offline',
    prompt: 'consent',
    include_granted_scopes: 'true',
    state: request.ticket,
    nonce: request.nonce,
    code_challenge: request.challenge,
    code_challenge_method: 'S256',
    ...(request.user === undefined ? {} : { login_hint: request.user.replace(/^users\//, '') }),
    ...(options.allowedDomain === undefined ? {} : { hd: options.allowedDomain }),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

const deadToken = z.object({ error: z.enum(['invalid_token', 'invalid_grant']) });

async function revoke(
  revokeUrl: string,
  token: string,
  options: { timeoutMs: number; signal: AbortSignal },
): Promise<void> {
  const { status, body, retryAfterMs } = await postForm(revokeUrl, { token }, options);
  if (status === 200 || deadToken.safeParse(body).success) return;
  if (status === 429 || status >= 500) throw unavailable(status, retryAfterMs);
  throw new AuthorizationError(
    'oauth_response_invalid',
    `Google refused to revoke a token for a reason that we don't know (HTTP ${status}).`,
  );
}
