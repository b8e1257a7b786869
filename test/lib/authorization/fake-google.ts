import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { OAuthClient } from '../../../src/lib/authorization/client-file.ts';
import { serveLocally } from '../../support/local-server.ts';
import { CERTIFICATES, CLIENT_ID, type Claims, claimsOf, signed } from './id-tokens.ts';

/** What the server answers instead of what it would; `hang` is no answer at all, and `drip` one that never ends. */
export type Answer =
  | { status: number; body?: string | Buffer; headers?: Record<string, string> }
  | 'hang'
  | 'drip'
  | 'cut';

export interface Posted {
  path: string;
  search: string;
  form: Record<string, string>;
}

export interface Consenter {
  sub: string;
  /** What is ticked; all of it unless given. */
  scopes?: readonly string[];
  refreshToken?: string | undefined;
  claims?: Claims;
}

/** Google's token, revoke and certificate endpoints, strict, on this machine. */
export interface FakeGoogle {
  client: OAuthClient;
  revokeUrl: string;
  /** Every post, in order. */
  posts: Posted[];
  /** Resolves with the next post, whether it is answered or not. */
  posted(): Promise<void>;
  /** How often the certificates were fetched. */
  certificateFetches(): number;
  /** From now on, until undefined is given. What hangs is cut by it. */
  answerWith(path: '/token' | '/revoke' | '/certs', answer: Answer | undefined): void;
  /** A person opens a consent link and consents. @returns the query that Google sends them back with */
  consent(link: string, who: Consenter): URLSearchParams;
  /** Makes a refresh token known without a consent. */
  addRefreshToken(token: string): void;
  /** Everything secret that has passed through so far. */
  secrets(): string[];
  close(): Promise<void>;
}

export const REDIRECT_URI = 'http://localhost:8080/oauth2';
const CLIENT_SECRET = 'GOCSPX-client-secret';

interface IssuedCode {
  challenge: string;
  redirectUri: string;
  answer: Record<string, unknown>;
}

export async function startFakeGoogle(): Promise<FakeGoogle> {
  const posts: Posted[] = [];
  const codes = new Map<string, IssuedCode>();
  const refreshTokens = new Set<string>();
  const secrets: string[] = [CLIENT_SECRET];
  const answers = new Map<string, Answer>();
  const hanging: ServerResponse[] = [];
  let onPost = (): void => {};
  let certificateFetches = 0;

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
    const form = Object.fromEntries(new URLSearchParams(await text(request)));
    if (request.method === 'POST') {
      posts.push({ path: pathname, search, form });
      onPost();
    }
    if (pathname === '/certs') certificateFetches += 1;
    const answer = answers.get(pathname);
    if (answer === 'hang') {
      hanging.push(response);
      return;
    }
    if (answer === 'drip') {
      response.writeHead(200, { 'Content-Type': 'application/json' }).write('{');
      hanging.push(response);
      return;
    }
    if (answer === 'cut') {
      response.destroy();
      return;
    }
    if (answer !== undefined) {
      response.writeHead(answer.status, answer.headers ?? {}).end(answer.body ?? '');
      return;
    }
    const [status, body] = usual(request, pathname, form);
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  }

  function usual(request: IncomingMessage, path: string, form: Record<string, string>): Reply {
    if (path === '/certs' || path === '/moved-certs') return [200, CERTIFICATES];
    if (request.method !== 'POST') return [405, {}];
    if (path === '/revoke') return revoke(form);
    if (form['client_id'] !== CLIENT_ID || form['client_secret'] !== CLIENT_SECRET) {
      return [
        401,
        { error: 'invalid_client', error_description: 'The OAuth client was not found.' },
      ];
    }
    if (form['grant_type'] === 'authorization_code') return exchange(form);
    if (form['grant_type'] === 'refresh_token') return refresh(form);
    return [400, { error: 'unsupported_grant_type' }];
  }

  function exchange(form: Record<string, string>): Reply {
    const code = form['code'] ?? '';
    const issued = codes.get(code);
    codes.delete(code);
    const challenge = createHash('sha256')
      .update(form['code_verifier'] ?? '')
      .digest('base64url');
    secrets.push(form['code_verifier'] ?? 'none');
    if (issued?.challenge !== challenge) return [400, { error: 'invalid_grant' }];
    if (issued.redirectUri !== form['redirect_uri'])
      return [400, { error: 'redirect_uri_mismatch' }];
    return [200, issued.answer];
  }

  function refresh(form: Record<string, string>): Reply {
    if (!refreshTokens.has(form['refresh_token'] ?? '')) return [400, { error: 'invalid_grant' }];
    const token = secret('ya29.');
    return [200, { access_token: token, expires_in: 3599, token_type: 'Bearer', scope: 'openid' }];
  }

  function revoke(form: Record<string, string>): Reply {
    return refreshTokens.delete(form['token'] ?? '')
      ? [200, {}]
      : [400, { error: 'invalid_token' }];
  }

  function secret(prefix: string): string {
    const value = prefix + randomBytes(24).toString('base64url');
    secrets.push(value);
    return value;
  }

  const { url, close } = await serveLocally((request, response) => {
    void route(request, response);
  });

  return {
    client: {
      kind: 'web',
      clientId: CLIENT_ID,
      clientSecret: CLIENT_SECRET,
      redirectUris: [REDIRECT_URI],
      authUri: `${url}/auth`,
      tokenUri: `${url}/token`,
      certsUrl: `${url}/certs`,
    },
    revokeUrl: `${url}/revoke`,
    posts,
    posted() {
      const { promise, resolve } = Promise.withResolvers<void>();
      onPost = resolve;
      return promise;
    },
    certificateFetches: () => certificateFetches,
    answerWith(path, answer) {
      if (answer === undefined) answers.delete(path);
      else answers.set(path, answer);
      for (const response of hanging.splice(0)) response.destroy();
    },
    consent(link, who) {
      const asked = new URL(link).searchParams;
      const code = secret('4/');
      const scope = (who.scopes ?? asked.get('scope')?.split(' ') ?? []).join(' ');
      const refreshToken = 'refreshToken' in who ? who.refreshToken : secret('1//');
      if (refreshToken) refreshTokens.add(refreshToken);
      const idToken = signed(claimsOf(who.sub, asked.get('nonce') ?? '', who.claims));
      const state = asked.get('state') ?? '';
      secrets.push(state, idToken, asked.get('nonce') ?? 'none');
      codes.set(code, {
        challenge: asked.get('code_challenge') ?? '',
        redirectUri: asked.get('redirect_uri') ?? '',
        answer: {
          access_token: secret('ya29.'),
          expires_in: 3599,
          token_type: 'Bearer',
          scope,
          id_token: idToken,
          refresh_token: refreshToken,
        },
      });
      return new URLSearchParams({ state, code, scope, authuser: '0', prompt: 'consent' });
    },
    addRefreshToken(token) {
      secrets.push(token);
      refreshTokens.add(token);
    },
    secrets: () => [...new Set(secrets)],
    close,
  };
}

type Reply = [status: number, body: unknown];
