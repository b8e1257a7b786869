import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { type Answer, startFakeGoogle } from './fake-google.ts';
import { never, openScene, REFRESH_TOKEN, VERIFIER } from './scene.ts';

const { google, serverWith, codeFor, rejects } = await openScene();

/** Longer than a busy machine takes for an answer. */
const PATIENCE_MS = 30_000;

const json = (status: number, body: unknown): Answer => ({ status, body: JSON.stringify(body) });

const TOKENS = { access_token: 't', expires_in: 1, id_token: 't', scope: 'a' };

/** What Google may answer to any token request, and what it is to us. */
const ANSWERS: [what: string, answer: Answer, code: string][] = [
  ['500', { status: 500, body: 'oops' }, 'oauth_unavailable'],
  ['503 that claims invalid_grant', json(503, { error: 'invalid_grant' }), 'oauth_unavailable'],
  ['429', json(429, { error: 'rate_limit_exceeded' }), 'oauth_unavailable'],
  ['no answer in time', 'hang', 'oauth_unavailable'],
  ['an answer that never ends', 'drip', 'oauth_unavailable'],
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
    '200 with line breaks in tokens',
    json(200, { ...TOKENS, access_token: 'a\r\nX: y', id_token: 'a\nb' }),
    'oauth_response_invalid',
  ],
  [
    '200 with tokens of other letters',
    json(200, { ...TOKENS, access_token: 'ya29.\u2603', id_token: '\u2603' }),
    'oauth_response_invalid',
  ],
  [
    '200 with 100 MB, in 100 KB',
    {
      status: 200,
      headers: { 'Content-Encoding': 'gzip' },
      body: gzipSync(Buffer.alloc(100_000_000, ' ')),
    },
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
      const server = serverWith({
        timeoutMs: answer === 'hang' || answer === 'drip' ? 500 : PATIENCE_MS,
      });
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
