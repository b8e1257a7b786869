import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { seconds } from '../../../src/lib/clock.ts';
import { CLIENT, CREATE, REDIRECT_URI, refused, startAccounts, VERIFIER } from './harness.ts';

describe('exchanging a code', () => {
  it('gives tokens as Google does', async () => {
    await using google = await startAccounts();
    const { status, body } = await google.exchange((await google.consent()).get('code'));
    assert.equal(status, 200);
    const { access_token, refresh_token, id_token, ...rest } = body;
    assert.match(String(access_token), /^ya29\./);
    assert.match(String(refresh_token), /^1\/\//);
    assert.match(String(id_token), /^[\w-]+\.[\w-]+\.[\w-]+$/);
    assert.deepEqual(rest, {
      expires_in: 3599,
      scope: `openid ${CREATE}`,
      token_type: 'Bearer',
    });
    assert.deepEqual(google.accounts.authenticate(String(access_token)), {
      kind: 'person',
      userName: 'users/101',
      scopes: ['openid', CREATE],
    });
  });

  const wrong: [what: string, change: Record<string, string>, status: number, error: string][] = [
    ['an unknown code', { code: '4/0Ax' }, 400, 'invalid_grant'],
    ['no code', { code: '' }, 400, 'invalid_request'],
    ['another verifier', { code_verifier: `${VERIFIER}-` }, 400, 'invalid_grant'],
    ['a short verifier', { code_verifier: 'x' }, 400, 'invalid_grant'],
    ['no redirect URI', { redirect_uri: '' }, 400, 'invalid_request'],
    [
      'another redirect URI',
      { redirect_uri: CLIENT.redirectUris[1] },
      400,
      'redirect_uri_mismatch',
    ],
    ['no client', { client_id: '' }, 401, 'invalid_client'],
    ['another client', { client_id: 'x' }, 401, 'invalid_client'],
    ['another secret', { client_secret: 'x' }, 401, 'invalid_client'],
    ['another grant type', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
    ['no grant type', { grant_type: '' }, 400, 'invalid_request'],
  ];
  for (const [what, change, status, error] of wrong) {
    it(`with ${what} is refused: ${error}`, async () => {
      await using google = await startAccounts();
      const code = (await google.consent()).get('code');
      refused(await google.exchange(code, change), status, error);
    });
  }

  it('works once; the second time takes back what the first gave', async () => {
    await using google = await startAccounts();
    const code = (await google.consent()).get('code');
    const { body } = await google.exchange(code);
    refused(await google.exchange(code), 400, 'invalid_grant');
    refused(await google.refresh(body['refresh_token']), 400, 'invalid_grant');
    assert.equal(google.accounts.authenticate(String(body['access_token'])), undefined);
  });

  it('works for a minute', async () => {
    await using google = await startAccounts();
    const [early, late] = [await google.consent(), await google.consent()];
    google.advance(seconds(59));
    assert.equal((await google.exchange(early.get('code'))).status, 200);
    google.advance(seconds(1));
    refused(await google.exchange(late.get('code')), 400, 'invalid_grant');
  });

  it('needs no verifier, and takes none, when there was no challenge', async () => {
    await using google = await startAccounts();
    const plain = { code_challenge: undefined, code_challenge_method: undefined };
    const form = {
      client_id: CLIENT.clientId,
      client_secret: CLIENT.clientSecret,
      grant_type: 'authorization_code',
      redirect_uri: REDIRECT_URI,
    };
    const code = async () => (await google.consent(true, plain)).get('code') ?? '';
    assert.equal((await google.post('/token', { ...form, code: await code() })).status, 200);
    refused(await google.exchange(await code()), 400, 'invalid_grant');
  });

  it('refuses a field that comes twice, and a body that is no form', async () => {
    await using google = await startAccounts();
    for (const [type, body] of [
      ['application/x-www-form-urlencoded', 'grant_type=a&grant_type=b'],
      ['application/json', '{"grant_type":"authorization_code"}'],
    ] as const) {
      const headers = { 'Content-Type': type };
      const response = await fetch(`${google.url}/token`, { method: 'POST', headers, body });
      assert.equal(response.status, 400);
    }
  });

  it('knows the client by HTTP basic authentication too, but not by both ways', async () => {
    await using google = await startAccounts();
    const basic = (secret: string) => ({
      Authorization: `Basic ${Buffer.from(`${CLIENT.clientId}:${secret}`).toString('base64')}`,
    });
    const form = async () => ({
      grant_type: 'authorization_code',
      code: (await google.consent()).get('code') ?? '',
      redirect_uri: REDIRECT_URI,
      code_verifier: VERIFIER,
    });
    const good = await google.post('/token', await form(), basic(CLIENT.clientSecret));
    assert.equal(good.status, 200);
    refused(await google.post('/token', await form(), basic('x')), 401, 'invalid_client');
    const both = { ...(await form()), client_secret: CLIENT.clientSecret };
    refused(await google.post('/token', both, basic(CLIENT.clientSecret)), 400, 'invalid_request');
  });
});
