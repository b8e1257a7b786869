import { type Request, Router } from 'express';
import { pkceChallenge } from '../../src/lib/authorization/ticket.ts';
import type { Clock } from '../../src/lib/clock.ts';
import type { SimulatedPerson } from '../world.ts';
import { authenticateClient } from './client-authentication.ts';
import type { Approval, Codes } from './codes.ts';
import { type Delegation, JWT_BEARER } from './delegation.ts';
import { doubledField, formBody, formOf } from './form.ts';
import { idToken } from './id-token.ts';
import type { OAuthClient } from './oauth-client.ts';
import { answerRefusal, OAuthRefusal, required } from './refusal.ts';
import { OPENID, readScopes } from './scopes.ts';
import type { Secrets } from './secrets.ts';
import type { SigningKey } from './signing-key.ts';
import { ACCESS_TOKEN_SECONDS, type TokenContent, type Tokens } from './tokens.ts';

export interface TokenEndpointDeps {
  clients: readonly OAuthClient[];
  people: readonly SimulatedPerson[];
  signingKey: SigningKey;
  codes: Codes;
  delegation: Delegation;
  tokens: Tokens;
  secrets: Secrets;
  issuer: () => string;
  clock: Clock;
}

/** What Google answers: a superset of RFC 6749, section 5.1. */
interface TokenAnswer {
  access_token: string;
  expires_in: number;
  refresh_token?: string;
  scope: string;
  token_type: 'Bearer';
  id_token?: string;
}

/** `POST /token`: a code, a refresh token, or a service account's assertion, for an access token. */
export function tokenEndpoint(deps: TokenEndpointDeps): Router {
  const router = Router();
  router.post('/token', formBody, (request, response) => {
    response.set({ 'Cache-Control': 'no-store', Pragma: 'no-cache' });
    response.json(answer(deps, request));
  });
  router.use('/token', answerRefusal);
  return router;
}

/** @throws OAuthRefusal */
function answer(deps: TokenEndpointDeps, request: Request): TokenAnswer {
  const form = formOf(request);
  const doubled = doubledField(form);
  if (doubled !== undefined) {
    throw new OAuthRefusal(400, 'invalid_request', `Parameter given more than once: ${doubled}`);
  }
  const grantType = required(form, 'grant_type');
  // The assertion itself tells who sends it.
  if (grantType === JWT_BEARER)
    return accessAndIdToken(deps, deps.delegation.redeem(form), undefined);
  const client = authenticateClient(form, request.headers.authorization, deps.clients);
  if (grantType === 'authorization_code') return exchangeCode(deps, form, client);
  if (grantType === 'refresh_token') return refresh(deps, form, client);
  throw new OAuthRefusal(400, 'unsupported_grant_type', `Invalid grant_type: ${grantType}`);
}

function exchangeCode(
  deps: TokenEndpointDeps,
  form: URLSearchParams,
  { clientId }: OAuthClient,
): TokenAnswer {
  const code = required(form, 'code');
  const redirectUri = required(form, 'redirect_uri');
  const verifier = form.get('code_verifier');
  if (verifier !== null) deps.secrets.note(verifier);

  const taken = deps.codes.take(code);
  // Whoever sends a code twice may have stolen it: what it gave is taken back (RFC 6749, section 4.1.2).
  if (taken.kind === 'used') deps.tokens.endLineage(taken.hash);
  if (taken.kind !== 'good' || taken.approval.clientId !== clientId)
    throw new OAuthRefusal(400, 'invalid_grant', 'Bad Request');
  const { approval, hash: lineage } = taken;
  if (redirectUri !== approval.redirectUri) {
    throw new OAuthRefusal(400, 'redirect_uri_mismatch', 'Bad Request');
  }
  checkVerifier(verifier, approval);

  const content = { userId: approval.userId, clientId, scopes: approval.scopes, lineage };
  const fresh = accessAndIdToken(deps, content, approval.nonce);
  if (!approval.refreshable) return fresh;
  return { ...fresh, refresh_token: deps.secrets.note(deps.tokens.issueRefresh(content)) };
}

function checkVerifier(verifier: string | null, { challenge }: Approval): void {
  if (challenge === undefined) {
    if (verifier === null) return;
    throw new OAuthRefusal(400, 'invalid_grant', 'code_verifier or verifier is not needed.');
  }
  if (verifier === null) throw new OAuthRefusal(400, 'invalid_grant', 'Missing code verifier.');
  if (!/^[\w.~-]{43,128}$/.test(verifier) || pkceChallenge(verifier) !== challenge) {
    throw new OAuthRefusal(400, 'invalid_grant', 'Invalid code verifier.');
  }
}

function refresh(
  deps: TokenEndpointDeps,
  form: URLSearchParams,
  { clientId }: OAuthClient,
): TokenAnswer {
  const found = deps.tokens.findRefresh(required(form, 'refresh_token'));
  if (found === undefined) {
    throw new OAuthRefusal(400, 'invalid_grant', 'Token has been expired or revoked.');
  }
  if (found.clientId !== undefined && found.clientId !== clientId) {
    throw new OAuthRefusal(401, 'unauthorized_client', 'Unauthorized');
  }
  return accessAndIdToken(deps, { ...found, scopes: narrowed(found.scopes, form) }, undefined);
}

/** A refresh may ask for less than was granted, never for more (RFC 6749, section 6). */
function narrowed(granted: readonly string[], form: URLSearchParams): readonly string[] {
  const asked = form.get('scope');
  if (asked === null) return granted;
  const scopes = readScopes(asked);
  if (scopes?.every((scope) => granted.includes(scope))) return scopes;
  throw new OAuthRefusal(400, 'invalid_scope', 'Some requested scopes were invalid.');
}

function accessAndIdToken(
  deps: TokenEndpointDeps,
  content: TokenContent,
  nonce: string | undefined,
): TokenAnswer {
  const { people, signingKey, tokens, secrets, issuer, clock } = deps;
  const { userId, clientId, scopes } = content;
  const person = people.find(({ id }) => id === userId);
  // Somebody who was deleted from the simulated Workspace since.
  if (person === undefined)
    throw new OAuthRefusal(400, 'invalid_grant', 'Account has been deleted');
  const accessToken = secrets.note(tokens.issueAccess(content));
  const fresh: TokenAnswer = {
    access_token: accessToken,
    expires_in: ACCESS_TOKEN_SECONDS,
    scope: scopes.join(' '),
    token_type: 'Bearer',
  };
  if (clientId === undefined || !scopes.includes(OPENID)) return fresh;
  const identity = { issuer: issuer(), clientId, person, scopes, nonce };
  const signed = idToken(signingKey, { ...identity, accessToken, now: clock() });
  return { ...fresh, id_token: secrets.note(signed) };
}
