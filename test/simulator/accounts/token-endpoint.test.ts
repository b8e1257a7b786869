import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { OAuth2Client } from 'google-auth-library';
import { loadState } from '../../../simulator/accounts/state.ts';
import { createTokens } from '../../../simulator/accounts/tokens.ts';
import { hours, seconds } from '../../../src/lib/clock.ts';
import {
  ANA,
  BRUNO,
  CLIENT,
  CREATE,
  EMAIL,
  type Harness,
  memorySnapshot,
  type Posted,
  REDIRECT_URI,
  startAccounts,
  VERIFIER,
} from './harness.ts';

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

describe('a refresh token', () => {
  const cases: [what: string, changes: Record<string, string | undefined>[], given: boolean[]][] = [
    ['for every consent that was asked for', [{}, {}], [true, true]],
    [
      'for the first consent only, otherwise',
      [{ prompt: undefined }, { prompt: undefined }],
      [true, false],
    ],
    ['never without access_type=offline', [{ access_type: undefined }], [false]],
    ['never with access_type=online', [{ access_type: 'online' }], [false]],
  ];
  for (const [what, changes, given] of cases) {
    it(`is given ${what}`, async () => {
      await using google = await startAccounts();
      const got: boolean[] = [];
      for (const change of changes) {
        const code = (await google.consent(true, change)).get('code');
        got.push('refresh_token' in (await google.exchange(code)).body);
      }
      assert.deepEqual(got, given);
    });
  }

  it('gives access tokens, each for an hour, and none of its own again', async () => {
    await using google = await startAccounts();
    const { refresh_token: token } = (await google.exchange((await google.consent()).get('code')))
      .body;
    const { status, body } = await google.refresh(token);
    assert.equal(status, 200);
    assert.equal(body['scope'], `openid ${CREATE}`);
    assert.equal('refresh_token' in body, false);
    google.advance(seconds(3598));
    assert.ok(google.accounts.authenticate(String(body['access_token'])));
    google.advance(seconds(1));
    assert.equal(google.accounts.authenticate(String(body['access_token'])), undefined);
    google.advance(hours(24 * 90));
    assert.equal((await google.refresh(token)).status, 200);
  });

  it('gives fewer scopes on demand, and never more', async () => {
    await using google = await startAccounts();
    const { refresh_token: token } = (await google.exchange((await google.consent()).get('code')))
      .body;
    assert.equal((await google.refresh(token, { scope: CREATE })).body['scope'], CREATE);
    refused(await google.refresh(token, { scope: EMAIL }), 400, 'invalid_scope');
  });

  it('dies as its person is given a hundred more, and nobody else’s does', () => {
    const state = loadState(memorySnapshot());
    const tokens = createTokens(state, Date.now, randomBytes);
    const issue = (userId: string) => tokens.issueRefresh({ userId, scopes: [], lineage: '' });
    const [bruno, oldest, second] = [issue(BRUNO.id), issue(ANA.id), issue(ANA.id)];
    for (let count = 0; count < 99; count++) issue(ANA.id);
    assert.equal(tokens.findRefresh(oldest), undefined);
    assert.ok(tokens.findRefresh(second));
    assert.ok(tokens.findRefresh(bruno));
  });

  it('outlives a restart, as access tokens and the signing key do', async () => {
    const snapshot = memorySnapshot();
    const first = await startAccounts(snapshot);
    const certs = await (await fetch(`${first.url}/oauth2/v1/certs`)).text();
    const { body } = await first.exchange((await first.consent()).get('code'));
    await first[Symbol.asyncDispose]();

    for (const field of ['access_token', 'refresh_token']) {
      assert.ok(!snapshot.text().includes(String(body[field])), `${field} is kept as a hash`);
    }
    await using google = await startAccounts(snapshot);
    assert.ok(google.accounts.authenticate(String(body['access_token'])));
    assert.equal((await google.refresh(body['refresh_token'])).status, 200);
    assert.equal(await (await fetch(`${google.url}/oauth2/v1/certs`)).text(), certs);
    assert.ok((await google.consent(false, { prompt: undefined })).has('code'), 'still granted');
  });
});

describe('an ID token', () => {
  it('is accepted by google-auth-library, with all that OpenID Connect asks for', async () => {
    await using google = await startAccounts();
    const { body } = await google.exchange((await google.consent()).get('code'));
    const payload = await verified(google, body['id_token']);
    const hash = createHash('sha256').update(String(body['access_token'])).digest();
    const { iat, exp, ...claims } = payload;
    assert.deepEqual(claims, {
      iss: google.url,
      azp: CLIENT.clientId,
      aud: CLIENT.clientId,
      sub: ANA.id,
      hd: ANA.domain,
      at_hash: hash.subarray(0, 16).toString('base64url'),
      nonce: 'the-nonce',
    });
    assert.equal(exp - iat, 3600);
  });

  it('tells the address and the name only when they were asked for', async () => {
    await using google = await startAccounts();
    const code = (await google.consent(true, { scope: 'email profile' }, BRUNO.id)).get('code');
    const { body } = await google.exchange(code);
    const { email, email_verified, name, sub } = await verified(google, body['id_token']);
    assert.deepEqual(
      { email, email_verified, name, sub },
      {
        email: BRUNO.email,
        email_verified: true,
        name: BRUNO.displayName,
        sub: BRUNO.id,
      },
    );
  });

  it('comes with a refresh as well, without a nonce; and not without openid', async () => {
    await using google = await startAccounts();
    const { body } = await google.exchange((await google.consent()).get('code'));
    const refreshed = await google.refresh(body['refresh_token']);
    assert.equal((await verified(google, refreshed.body['id_token'])).nonce, undefined);
    const narrow = await google.refresh(body['refresh_token'], { scope: CREATE });
    assert.equal('id_token' in narrow.body, false);
  });

  async function verified(google: Harness, idToken: unknown) {
    const client = new OAuth2Client({
      clientId: CLIENT.clientId,
      endpoints: { oauth2FederatedSignonPemCertsUrl: `${google.url}/oauth2/v1/certs` },
      issuers: [google.url],
    });
    const ticket = await client.verifyIdToken({
      idToken: String(idToken),
      audience: CLIENT.clientId,
    });
    const payload = ticket.getPayload();
    assert.ok(payload);
    return payload;
  }
});

function refused({ status, body }: Posted, wantedStatus: number, error: string): void {
  assert.deepEqual({ status, error: body['error'] }, { status: wantedStatus, error });
  assert.equal(typeof body['error_description'], 'string');
}
