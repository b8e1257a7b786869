import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { signingKeyOf, signJwt } from '../../../simulator/accounts/signing-key.ts';
import {
  ANA,
  BRUNO,
  CREATE,
  READ,
  SERVICE_ACCOUNT,
  SERVICE_KEY_PEM,
  startAccounts,
} from './harness.ts';

const key = { ...signingKeyOf(SERVICE_KEY_PEM), id: SERVICE_ACCOUNT.keyId };
const now = Math.floor(Date.now() / 1000);
const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

const claimsFor = (url: string, change: object = {}) => ({
  iss: SERVICE_ACCOUNT.clientEmail,
  sub: ANA.email,
  scope: CREATE,
  aud: `${url}/token`,
  iat: now,
  exp: now + 3600,
  ...change,
});

describe('an assertion of the service account', () => {
  const redeem = async (change: object, by = key) => {
    await using google = await startAccounts();
    const assertion = signJwt(by, claimsFor(google.url, change));
    const { status, body } = await google.post('/token', { grant_type: GRANT, assertion });
    return { status, error: body['error'], description: String(body['error_description']) };
  };

  it('is worth an access token, and nothing that lasts', async () => {
    await using google = await startAccounts();
    const assertion = signJwt(key, claimsFor(google.url));
    const { status, body } = await google.post('/token', { grant_type: GRANT, assertion });
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(body).toSorted(), [
      'access_token',
      'expires_in',
      'scope',
      'token_type',
    ]);
    assert.ok(google.accounts.issuedSecrets().includes(assertion));
  });

  for (const [what, change, error, description] of [
    ['for a person of another domain', { sub: BRUNO.email }, 'unauthorized_client', /unauthorized/],
    [
      'for a scope of apps',
      { scope: 'https://www.googleapis.com/auth/chat.bot' },
      'unauthorized_client',
      /scopes/,
    ],
    ['for nobody', { sub: 'x@example.com' }, 'invalid_grant', /Invalid email/],
    ['for the account itself', { sub: undefined }, 'invalid_grant', /Invalid email/],
    ['of another account', { iss: 'x@y.example' }, 'invalid_grant', /Signature/],
    ['for another audience', { aud: 'https://elsewhere.example' }, 'invalid_grant', /audience/],
    ['that lives too long', { exp: now + 3601 }, 'invalid_grant', /short-lived/],
    ['of yesterday', { iat: now - 86_400, exp: now - 84_000 }, 'invalid_grant', /short-lived/],
  ] as const) {
    it(`${what} is refused`, async () => {
      const refused = await redeem(change);
      assert.equal(refused.error, error);
      assert.match(refused.description, description);
    });
  }

  it('signed with a key that isn’t the account’s is refused', async () => {
    const { error, description } = await redeem({}, { ...key, id: 'another' });
    assert.equal(error, 'invalid_grant');
    assert.match(description, /^Invalid JWT/);
  });

  it('is worth what the administrator has allowed, as of now', async () => {
    await using google = await startAccounts();
    const assertion = signJwt(key, claimsFor(google.url));
    const status = async () =>
      (await google.post('/token', { grant_type: GRANT, assertion })).status;
    google.accounts.administration.allow(ANA.domain, [READ]);
    assert.equal(await status(), 401);
    google.accounts.administration.allow(ANA.domain, [READ, CREATE]);
    assert.equal(await status(), 200);
    google.accounts.administration.suspend(ANA.id);
    assert.equal(await status(), 400);
  });
});

describe('IAM', () => {
  const CLOUD = 'https://www.googleapis.com/auth/cloud-platform';
  const own = { sub: SERVICE_ACCOUNT.clientEmail, aud: undefined };
  const bearer = signJwt(key, claimsFor('', { ...own, scope: CLOUD }));

  const ask = async (by: string, email: string, body: object) => {
    await using google = await startAccounts();
    const path = `/v1/projects/-/serviceAccounts/${encodeURIComponent(email)}:signJwt`;
    const response = await fetch(google.url + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${by}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return response.status;
  };

  for (const [what, by, email, body, expected] of [
    ['signs for the account itself', bearer, SERVICE_ACCOUNT.clientEmail, { payload: '{}' }, 200],
    ['signs for nobody else', bearer, 'x@y.example', { payload: '{}' }, 403],
    ['signs JSON only', bearer, SERVICE_ACCOUNT.clientEmail, { payload: 'x' }, 400],
    ['takes no other fields', bearer, SERVICE_ACCOUNT.clientEmail, { payload: '{}', x: 1 }, 400],
    ['believes no stranger', 'ya29.x', SERVICE_ACCOUNT.clientEmail, { payload: '{}' }, 401],
    [
      'does not take a token for Chat',
      signJwt(key, claimsFor('', { ...own, scope: CREATE })),
      SERVICE_ACCOUNT.clientEmail,
      { payload: '{}' },
      403,
    ],
  ] as const) {
    it(what, async () => assert.equal(await ask(by, email, body), expected));
  }
});
