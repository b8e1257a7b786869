import { mayReceive, type OAuthClient } from './oauth-client.ts';
import { readScopes, words } from './scopes.ts';

/** What an app asks a person for, all of it checked. */
export interface AuthorizationRequest {
  clientId: string;
  redirectUri: string;
  /** By the names that Google uses in answers. */
  scopes: readonly string[];
  state: string | undefined;
  nonce: string | undefined;
  offline: boolean;
  prompts: ReadonlySet<string>;
  /** A person's id or e-mail address. */
  loginHint: string | undefined;
  /** The Workspace domain whose accounts to propose. */
  domain: string | undefined;
  includeGrantedScopes: boolean;
  /** PKCE, S256. */
  challenge: string | undefined;
}

/** An error that the person sees on Google's own page: where to send them back to can't be trusted. */
export interface PageError {
  status: number;
  error: string;
  description: string;
}

export type ReadRequest =
  | { kind: 'good'; request: AuthorizationRequest }
  | { kind: 'page'; error: PageError }
  /** An error for the app, which the browser brings. */
  | { kind: 'redirect'; redirectUri: string; state: string | undefined; error: string };

/** Checks every parameter of an authorization request (web-server guide, "Set authorization parameters"). */
export function readAuthorizationRequest(
  query: URLSearchParams,
  clients: readonly OAuthClient[],
): ReadRequest {
  const client = readClient(query, clients);
  if ('error' in client) return { kind: 'page', error: client };
  const redirectUri = query.get('redirect_uri') ?? '';
  const state = query.get('state') ?? undefined;
  const fail = (error: string): ReadRequest => ({ kind: 'redirect', redirectUri, state, error });

  const responseType = query.get('response_type');
  if (responseType === null) return fail('invalid_request');
  if (responseType !== 'code') return fail('unsupported_response_type');
  if (!hasGoodOptions(query) || !hasGoodChallenge(query)) return fail('invalid_request');
  const scope = query.get('scope') ?? '';
  if (words(scope).length === 0) return fail('invalid_request');
  const scopes = readScopes(scope);
  if (scopes === undefined) return fail('invalid_scope');

  return {
    kind: 'good',
    request: {
      clientId: client.clientId,
      redirectUri,
      scopes,
      state,
      nonce: query.get('nonce') ?? undefined,
      offline: query.get('access_type') === 'offline',
      prompts: new Set(words(query.get('prompt') ?? '')),
      loginHint: query.get('login_hint') ?? undefined,
      domain: query.get('hd') ?? undefined,
      includeGrantedScopes: combinesGrants(query, client),
      challenge: query.get('code_challenge') ?? undefined,
    },
  };
}

/** The guide for desktop apps has no such parameter: they ask for all that they want. */
function combinesGrants(query: URLSearchParams, { kind }: OAuthClient): boolean {
  return kind === 'web' && query.get('include_granted_scopes') === 'true';
}

function readClient(
  query: URLSearchParams,
  clients: readonly OAuthClient[],
): OAuthClient | PageError {
  const doubled = [...query.keys()].find((name) => query.getAll(name).length > 1);
  if (doubled !== undefined) {
    return invalidRequest(`OAuth 2 parameters can only have a single value: ${doubled}`);
  }
  const redirectUri = query.get('redirect_uri');
  if (!query.get('client_id')) return invalidRequest('Missing required parameter: client_id');
  const client = clients.find(({ clientId }) => clientId === query.get('client_id'));
  if (client === undefined) {
    return { status: 401, error: 'invalid_client', description: 'The OAuth client was not found.' };
  }
  if (!redirectUri) return invalidRequest('Missing required parameter: redirect_uri');
  if (mayReceive(client, redirectUri)) return client;
  return {
    status: 400,
    error: 'redirect_uri_mismatch',
    description:
      'The redirect URI in the request does not match the ones authorized for the OAuth client.',
  };
}

function invalidRequest(description: string): PageError {
  return { status: 400, error: 'invalid_request', description };
}

function hasGoodOptions(query: URLSearchParams): boolean {
  return (
    isOneOf(query.get('access_type'), ['online', 'offline']) &&
    isOneOf(query.get('include_granted_scopes'), ['true', 'false']) &&
    isGoodPrompt(words(query.get('prompt') ?? ''))
  );
}

function isOneOf(value: string | null, allowed: readonly string[]): boolean {
  return value === null || allowed.includes(value);
}

/** `none` means "show nothing", and stands alone. */
function isGoodPrompt(prompts: readonly string[]): boolean {
  if (prompts.includes('none')) return prompts.length === 1;
  return prompts.every((prompt) => prompt === 'consent' || prompt === 'select_account');
}

/** PKCE with S256 or not at all: Google also knows `plain`, which protects nothing (RFC 7636, section 7.2). */
function hasGoodChallenge(query: URLSearchParams): boolean {
  const challenge = query.get('code_challenge');
  const method = query.get('code_challenge_method');
  if (challenge === null) return method === null;
  return method === 'S256' && /^[\w-]{43}$/.test(challenge);
}
