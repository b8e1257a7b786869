import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { JWT, OAuth2Client } from 'google-auth-library';
import { signingKeyOf, signJwt } from '../../../simulator/accounts/signing-key.ts';
import { minutes } from '../../../src/lib/clock.ts';
import {
  ANA,
  BRUNO,
  CLIENT,
  type Harness,
  REDIRECT_URI,
  SERVICE_ACCOUNT,
  SERVICE_KEY_PEM,
  startAccounts,
  VERIFIER,
} from './harness.ts';

const CHAT_BOT = 'https://www.googleapis.com/auth/chat.bot';

describe('revoking', () => {
  for (const [what, field, where] of [
    ['a refresh token in the body', 'refresh_token', 'body'],
    ['an access token in the body', 'access_token', 'body'],
    ['a refresh token in the query', 'refresh_token', 'query'],
  ] as const) {
    it(`${what} ends all that this person granted, and nobody else’s`, async () => {
      await using google = await startAccounts();
      const [one, two] = [await connected(google, ANA.id), await connected(google, ANA.id)];
      const bruno = await connected(google, BRUNO.id);
      const token = String(one[field]);
      const query = `?${new URLSearchParams({ token }).toString()}`;
      const { status } = await (where === 'body'
        ? google.post('/revoke', { token })
        : google.post(`/revoke${query}`, {}));
      assert.equal(status, 200);
      assert.equal((await google.refresh(two['refresh_token'])).body['error'], 'invalid_grant');
      assert.equal(google.accounts.authenticate(String(two['access_token'])), undefined);
      assert.equal((await google.refresh(bruno['refresh_token'])).status, 200);
      assert.equal(
        (await google.consent(false, { prompt: undefined })).get('error'),
        'access_denied',
      );
    });
  }

  it('something unknown is refused with invalid_token, nothing with invalid_request', async () => {
    await using google = await startAccounts();
    for (const [form, error] of [
      [{ token: '1//x' }, 'invalid_token'],
      [{}, 'invalid_request'],
    ] as const) {
      const { status, body } = await google.post('/revoke', form);
      assert.deepEqual({ status, error: body['error'] }, { status: 400, error });
    }
  });

  it('can be done by the person, in their Google Account', async () => {
    await using google = await startAccounts();
    const ana = await connected(google, ANA.id);
    google.accounts.revokeAccess('users/101');
    assert.equal((await google.refresh(ana['refresh_token'])).body['error'], 'invalid_grant');
  });
});

describe('google-auth-library', () => {
  it('exchanges, refreshes and revokes here as it does at Google', async () => {
    await using google = await startAccounts();
    const client = new OAuth2Client({
      clientId: CLIENT.clientId,
      clientSecret: CLIENT.clientSecret,
      redirectUri: REDIRECT_URI,
      endpoints: {
        oauth2TokenUrl: `${google.url}/token`,
        oauth2RevokeUrl: `${google.url}/revoke`,
      },
    });
    const code = (await google.consent()).get('code') ?? '';
    const { tokens } = await client.getToken({ code, codeVerifier: VERIFIER });
    client.setCredentials({ refresh_token: tokens.refresh_token ?? null });
    const { token } = await client.getAccessToken();
    assert.ok(google.accounts.authenticate(token ?? ''));
    await client.revokeToken(token ?? '');
    assert.equal(google.accounts.authenticate(token ?? ''), undefined);
  });
});

describe('a service account', () => {
  it('is the app, with what google-auth-library signs for its scopes', async () => {
    await using google = await startAccounts();
    const jwt = new JWT({
      email: SERVICE_ACCOUNT.clientEmail,
      key: SERVICE_KEY_PEM,
      keyId: SERVICE_ACCOUNT.keyId,
      scopes: [CHAT_BOT],
    });
    jwt.useJWTAccessWithScope = true;
    jwt.defaultServicePath = 'chat.googleapis.com';
    const headers = await jwt.getRequestHeaders('https://chat.googleapis.com/v1/spaces');
    const bearer = headers.get('authorization')?.replace(/^Bearer /, '') ?? '';
    assert.deepEqual(google.accounts.authenticate(bearer), { kind: 'app', scopes: [CHAT_BOT] });
    assert.ok(google.accounts.issuedSecrets().includes(bearer));
    google.advance(minutes(61));
    assert.equal(google.accounts.authenticate(bearer), undefined);
  });

  const key = { ...signingKeyOf(SERVICE_KEY_PEM), id: SERVICE_ACCOUNT.keyId };
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: SERVICE_ACCOUNT.clientEmail,
    sub: SERVICE_ACCOUNT.clientEmail,
    scope: CHAT_BOT,
    iat: now,
    exp: now + 3600,
  };
  const good = signJwt(key, claims);
  const [head, body, signature] = good.split('.');
  const json = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

  const wrong: [what: string, bearer: string][] = [
    ['of another key', signJwt({ ...key, id: 'another' }, claims)],
    ['of another account', signJwt(key, { ...claims, iss: 'other@x.example' })],
    ['for a person', signJwt(key, { ...claims, sub: ANA.email })],
    ['for an audience', signJwt(key, { ...claims, aud: 'https://chat.googleapis.com/' })],
    ['without scopes', signJwt(key, { ...claims, scope: undefined })],
    ['with no scope in it', signJwt(key, { ...claims, scope: '' })],
    ['that lives too long', signJwt(key, { ...claims, exp: now + 3601 })],
    ['of tomorrow', signJwt(key, { ...claims, iat: now + 86_400, exp: now + 88_000 })],
    ['of yesterday', signJwt(key, { ...claims, iat: now - 86_400, exp: now - 84_000 })],
    ['without times', signJwt(key, { ...claims, exp: undefined })],
    ['with other claims', [head, json({ ...claims, scope: 'more' }), signature].join('.')],
    ['that isn’t signed', [json({ alg: 'none', kid: key.id }), body, ''].join('.')],
    ['with a fourth part', `${good}.x`],
    ['that is no JSON', 'a.b.c'],
    ['that is nothing', ''],
  ];
  it('is not believed a token', async (context) => {
    await using google = await startAccounts();
    assert.ok(google.accounts.authenticate(good), 'the one that the others are made from is good');
    for (const [what, bearer] of wrong) {
      await context.test(what, () => {
        assert.equal(google.accounts.authenticate(bearer), undefined);
      });
    }
  });

  it('may have a clock that is ahead by five minutes', async () => {
    await using google = await startAccounts();
    google.advance(-minutes(4));
    assert.ok(google.accounts.authenticate(good));
  });
});

describe('the faults', () => {
  it('fail as often as they were told to, and change nothing by that', async () => {
    await using google = await startAccounts();
    const code = (await google.consent()).get('code');
    google.accounts.faults.token('unavailable', 2);
    assert.equal((await google.exchange(code)).status, 503);
    assert.equal((await google.exchange(code)).status, 503);
    assert.equal((await google.exchange(code)).status, 200);
  });

  it('hang until the client has had enough', async () => {
    await using google = await startAccounts();
    google.accounts.faults.token('hang', 1);
    const signal = AbortSignal.timeout(50);
    await assert.rejects(fetch(`${google.url}/token`, { method: 'POST', signal }), {
      name: 'TimeoutError',
    });
  });

  it('lose an answer after the work was done', async () => {
    await using google = await startAccounts();
    const code = (await google.consent()).get('code');
    google.accounts.faults.token('lose-answer', 1);
    await assert.rejects(google.exchange(code), TypeError);
    assert.equal((await google.exchange(code)).body['error'], 'invalid_grant');
  });
});

describe('the secrets', () => {
  it('are all there, for tests that look for them in logs', async () => {
    await using google = await startAccounts();
    const code = (await google.consent()).get('code') ?? '';
    const { body } = await google.exchange(code);
    const { access_token, refresh_token, id_token } = body;
    const secrets = google.accounts.issuedSecrets();
    const expected = [CLIENT.clientSecret, 'the-state', VERIFIER, code];
    for (const secret of [...expected, access_token, refresh_token, id_token]) {
      assert.ok(secrets.includes(String(secret)), String(secret));
    }
  });
});

async function connected(google: Harness, userId: string): Promise<Record<string, unknown>> {
  const code = (await google.consent(true, {}, userId)).get('code');
  return (await google.exchange(code)).body;
}
