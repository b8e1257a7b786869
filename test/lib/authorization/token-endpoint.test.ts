import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import { NOW } from './authorization-server.ts';
import { REDIRECT_URI } from './fake-google.ts';
import { never, openScene, REFRESH_TOKEN, VERIFIER } from './scene.ts';

const { google, serverWith, codeFor, rejects } = await openScene();

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
