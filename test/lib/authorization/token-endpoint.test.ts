import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { inspect } from 'node:util';
import type { AuthorizationServer } from '../../../src/lib/authorization/authorization.ts';
import { createAuthorizationServer } from '../../../src/lib/authorization/google-authorization.ts';
import { mintTicket, pkceChallenge } from '../../../src/lib/authorization/ticket.ts';
import { AuthorizationError } from '../../../src/lib/errors.ts';
import { userName } from '../../../src/lib/names.ts';
import { type Answer, type FakeGoogle, REDIRECT_URI, startFakeGoogle } from './fake-google.ts';
import { ISSUER } from './id-tokens.ts';

const NOW = Date.parse('2026-11-20T09:00:00Z');
const VERIFIER = 'a-verifier-of-43-characters-at-the-very-least';
const REFRESH_TOKEN = '1//refresh-token-of-ana';
const ANA = userName.parse('users/101');
const never = new AbortController().signal;

let google: FakeGoogle;
before(async () => {
  google = await startFakeGoogle();
});
after(() => google.close());

beforeEach(() => {
  google.posts.length = 0;
  google.addRefreshToken(REFRESH_TOKEN);
});
afterEach(() => {
  google.answerWith('/token', undefined);
  google.answerWith('/revoke', undefined);
});

function serverWith(change: Partial<Parameters<typeof createAuthorizationServer>[0]> = {}) {
  return createAuthorizationServer({
    client: google.client,
    redirectUri: REDIRECT_URI,
    issuer: ISSUER,
    revokeUrl: google.revokeUrl,
    clock: () => NOW,
    ...change,
  });
}

/** Ana consents to whatever is asked. */
function codeFor(server: AuthorizationServer, scopes?: readonly string[], refreshToken?: string) {
  const url = server.consentUrl({
    ticket: mintTicket(() => new Uint8Array(32)),
    challenge: pkceChallenge(VERIFIER),
    nonce: 'nonce',
    scopes: ['openid', 'a'],
    user: ANA,
  });
  const who = { sub: '101', ...(scopes && { scopes }), refreshToken };
  return google.consent(url, who).get('code') ?? '';
}

describe('exchanging a code', () => {
  it('posts it once, in the body, with the verifier and the redirect URI of the link', async () => {
    const server = serverWith();
    const code = codeFor(server, ['openid', 'a'], '1//new');
    const exchange = await server.exchangeCode(code, VERIFIER);
    assert.equal(exchange.refreshToken, '1//new');
    assert.deepEqual(exchange.scopes, ['openid', 'a']);
    assert.match(exchange.idToken, /^[\w-]+\.[\w-]+\.[\w-]+$/);
    assert.deepEqual(google.posts, [
      {
        path: '/token',
        search: '',
        form: {
          client_id: google.client.clientId,
          client_secret: google.client.clientSecret,
          grant_type: 'authorization_code',
          code,
          code_verifier: VERIFIER,
          redirect_uri: REDIRECT_URI,
        },
      },
    ]);
  });

  it('tells when less was granted', async () => {
    const server = serverWith();
    const exchange = await server.exchangeCode(codeFor(server, ['openid']), VERIFIER);
    assert.deepEqual(exchange.scopes, ['openid']);
  });

  for (const refreshToken of ['', undefined]) {
    it(`tells when no refresh token came (${inspect(refreshToken)})`, async () => {
      const server = serverWith();
      const exchange = await server.exchangeCode(codeFor(server, [], refreshToken), VERIFIER);
      assert.equal(exchange.refreshToken, undefined);
    });
  }

  it('rejects a code that was used before, or came with another verifier', async () => {
    const server = serverWith();
    const code = codeFor(server);
    await server.exchangeCode(code, VERIFIER);
    await rejects(server.exchangeCode(code, VERIFIER), 'oauth_code_rejected');
    await rejects(server.exchangeCode(codeFor(server), 'another'), 'oauth_code_rejected');
  });
});

describe('refreshing', () => {
  it('gives an access token and when it expires by our clock', async () => {
    const token = await serverWith().refresh(REFRESH_TOKEN, never);
    assert.match(token.token, /^ya29\./);
    assert.equal(token.expiresAt, NOW + 3_599_000);
    assert.deepEqual(google.posts[0]?.form['grant_type'], 'refresh_token');
    assert.equal(google.posts[0]?.search, '');
  });

  it('tells a grant that is dead for good', async () => {
    await rejects(serverWith().refresh('1//unknown', never), 'grant_revoked');
  });

  it('tells our own broken client from a dead grant', async () => {
    const client = { ...google.client, clientSecret: 'rotated' };
    await rejects(serverWith({ client }).refresh(REFRESH_TOKEN, never), 'oauth_client_rejected');
  });

  it('ends with the signal of the caller', async () => {
    google.answerWith('/token', 'hang');
    const controller = new AbortController();
    const refreshing = serverWith().refresh(REFRESH_TOKEN, controller.signal);
    controller.abort();
    await rejects(refreshing, 'oauth_unavailable');
  });
});

const json = (status: number, body: unknown): Answer => ({ status, body: JSON.stringify(body) });

/** What Google may answer to any token request, and what it is to us. */
const ANSWERS: [what: string, answer: Answer, code: string][] = [
  ['500', { status: 500, body: 'oops' }, 'oauth_unavailable'],
  ['503 that claims invalid_grant', json(503, { error: 'invalid_grant' }), 'oauth_unavailable'],
  ['429', json(429, { error: 'rate_limit_exceeded' }), 'oauth_unavailable'],
  ['no answer in time', 'hang', 'oauth_unavailable'],
  ['a connection cut', 'cut', 'oauth_unavailable'],
  ['a redirect', { status: 307, headers: { Location: '/elsewhere' } }, 'oauth_unavailable'],
  ['unauthorized_client', json(401, { error: 'unauthorized_client' }), 'oauth_client_rejected'],
  ['deleted_client', json(401, { error: 'deleted_client' }), 'oauth_client_rejected'],
  ['an error that nobody knows', json(400, { error: 'moon_phase' }), 'oauth_response_invalid'],
  ['400 without a body', { status: 400 }, 'oauth_response_invalid'],
  ['400 with HTML', { status: 400, body: '<html>' }, 'oauth_response_invalid'],
  ['404', json(404, {}), 'oauth_response_invalid'],
  ['200 without a body', { status: 200 }, 'oauth_response_invalid'],
  ['200 with HTML', { status: 200, body: '<html>captive portal' }, 'oauth_response_invalid'],
  ['200 with an empty object', json(200, {}), 'oauth_response_invalid'],
  ['200 with null', json(200, null), 'oauth_response_invalid'],
  [
    '200 with tokens that are no strings',
    json(200, { access_token: 1, id_token: {}, expires_in: 3600, scope: 'a' }),
    'oauth_response_invalid',
  ],
  [
    '200 with more than 64 KiB',
    json(200, {
      access_token: 't',
      expires_in: 1,
      id_token: 't',
      scope: 'a',
      x: 'x'.repeat(65_536),
    }),
    'oauth_response_invalid',
  ],
];

describe('when the token endpoint answers', () => {
  for (const [what, answer, code] of ANSWERS) {
    it(`${what}: ${code}, after one post, and with no secret in the error`, async () => {
      const server = serverWith({ timeoutMs: answer === 'hang' ? 30 : 5000 });
      const consentCode = codeFor(server);
      google.answerWith('/token', answer);
      await rejects(server.exchangeCode(consentCode, VERIFIER), code);
      assert.equal(google.posts.length, 1);
      await rejects(server.refresh(REFRESH_TOKEN, never), code);
      assert.equal(google.posts.length, 2);
    });
  }

  it('with Retry-After: passes the wait on', async () => {
    google.answerWith('/token', { status: 503, headers: { 'Retry-After': '7' } });
    const error = await rejects(serverWith().refresh(REFRESH_TOKEN, never), 'oauth_unavailable');
    assert.equal(error.retryAfterMs, 7000);
  });

  it('with a Retry-After that is no number of seconds: passes none on', async () => {
    for (const value of ['soon', '-1', '1e9', 'Fri, 20 Nov 2026 09:00:00 GMT']) {
      google.answerWith('/token', { status: 503, headers: { 'Retry-After': value } });
      const error = await rejects(serverWith().refresh(REFRESH_TOKEN, never), 'oauth_unavailable');
      assert.equal(error.retryAfterMs, undefined, value);
    }
  });

  it('nothing, because nobody listens: oauth_unavailable, and says what failed', async () => {
    const gone = await startFakeGoogle();
    await gone.close();
    const server = serverWith({ client: gone.client });
    const error = await rejects(server.refresh(REFRESH_TOKEN, never), 'oauth_unavailable');
    assert.match(error.message, /ECONNREFUSED/);
  });
});

describe('revoking', () => {
  it('posts the token in the body, never in the URL', async () => {
    await serverWith().revoke(REFRESH_TOKEN, never);
    assert.deepEqual(google.posts, [
      { path: '/revoke', search: '', form: { token: REFRESH_TOKEN } },
    ]);
    await rejects(serverWith().refresh(REFRESH_TOKEN, never), 'grant_revoked');
  });

  it('is content with a token that is dead already', async () => {
    await serverWith().revoke('1//unknown', never);
  });

  it('fails when Google fails', async () => {
    google.answerWith('/revoke', { status: 503 });
    await rejects(serverWith().revoke(REFRESH_TOKEN, never), 'oauth_unavailable');
    google.answerWith('/revoke', { status: 400, body: 'what?' });
    await rejects(serverWith().revoke(REFRESH_TOKEN, never), 'oauth_response_invalid');
  });
});

describe('a consent link', () => {
  const request = {
    ticket: 'the-ticket',
    challenge: 'the-challenge',
    nonce: 'the-nonce',
    scopes: ['openid', 'https://www.googleapis.com/auth/chat.messages.create'],
    user: ANA,
  };
  const parameters = {
    response_type: 'code',
    client_id: '1234-abc.apps.googleusercontent.com',
    redirect_uri: REDIRECT_URI,
    scope: 'openid https://www.googleapis.com/auth/chat.messages.create',
    access_type: 'offline',
    prompt: 'consent',
    include_granted_scopes: 'true',
    login_hint: '101',
    state: 'the-ticket',
    nonce: 'the-nonce',
    code_challenge: 'the-challenge',
    code_challenge_method: 'S256',
  };

  it('leads straight to Google, with all that the callback will check', () => {
    const url = new URL(serverWith().consentUrl(request));
    assert.equal(url.origin + url.pathname, google.client.authUri);
    assert.deepEqual(Object.fromEntries(url.searchParams), parameters);
  });

  it('proposes accounts of the domain, when there is one', () => {
    const url = new URL(serverWith({ allowedDomain: 'example.com' }).consentUrl(request));
    assert.deepEqual(Object.fromEntries(url.searchParams), { ...parameters, hd: 'example.com' });
  });
});

/** @returns the error, after making sure that nothing printed of it gives a secret away */
async function rejects(promise: Promise<unknown>, code: string): Promise<AuthorizationError> {
  const error = await promise.then(
    () => assert.fail(`expected ${code}`),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof AuthorizationError);
  assert.equal(error.code, code);
  const printed = inspect(error, { depth: 10, showHidden: true });
  for (const secret of [...google.secrets(), REFRESH_TOKEN, VERIFIER]) {
    assert.ok(!printed.includes(secret), `${secret} in ${printed}`);
  }
  return error;
}
