import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { OAuth2Client } from 'google-auth-library';
import { ANA, BRUNO, CLIENT, CREATE, type Harness, startAccounts } from './harness.ts';

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
