import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  CREATE,
  DESKTOP,
  type Harness,
  READ,
  REDIRECT_URI,
  refused,
  startAccounts,
} from './harness.ts';

const LOOPBACK = 'http://127.0.0.1:50123/';
const ASK = { client_id: DESKTOP.clientId, redirect_uri: LOOPBACK };
const CREDENTIALS = { client_id: DESKTOP.clientId, client_secret: DESKTOP.clientSecret };

describe('a desktop app', () => {
  for (const uri of [
    LOOPBACK,
    'http://127.0.0.1:65535/x/y',
    'http://127.0.0.1',
    'http://[::1]:50123/',
    'http://localhost:50123',
  ]) {
    it(`may be reached at ${uri}`, async () => {
      await using google = await startAccounts();
      const answer = await google.consent(true, { ...ASK, redirect_uri: uri });
      const change = { ...CREDENTIALS, redirect_uri: uri };
      assert.equal((await google.exchange(answer.get('code'), change)).status, 200);
    });
  }

  for (const uri of [
    REDIRECT_URI.replace('localhost', 'localhost.evil.example'),
    'https://127.0.0.1:50123/',
    'http://127.0.0.2:50123/',
    'http://user@127.0.0.1:50123/',
    'http://127.0.0.1:99999/',
    'http://127.0.0.1:50123/?next=x',
    'http://127.0.0.1:50123/#x',
    'urn:ietf:wg:oauth:2.0:oob',
  ]) {
    it(`may not be reached at ${uri}`, async () => {
      await using google = await startAccounts();
      const link = google.authUrl({ ...ASK, redirect_uri: uri });
      const response = await fetch(link, { redirect: 'manual' });
      assert.equal(response.status, 400);
      assert.match(await response.text(), /redirect_uri_mismatch/);
    });
  }

  it('has to come for its code at the port that it asked with', async () => {
    await using google = await startAccounts();
    const code = (await google.consent(true, ASK)).get('code');
    const change = { ...CREDENTIALS, redirect_uri: 'http://127.0.0.1:50124/' };
    refused(await google.exchange(code, change), 400, 'redirect_uri_mismatch');
  });

  it('gets what it asked for, and nothing that was granted before', async () => {
    await using google = await startAccounts();
    await connected(google, { scope: `openid ${READ}` });
    const { body } = await connected(google, { scope: `openid ${CREATE}` });
    assert.equal(body['scope'], `openid ${CREATE}`);
  });
});

describe('two clients of a project', () => {
  it('can’t use each other’s codes', async () => {
    await using google = await startAccounts();
    const code = (await google.consent(true, ASK)).get('code');
    refused(await google.exchange(code, { redirect_uri: LOOPBACK }), 400, 'invalid_grant');
  });

  it('can’t use each other’s refresh tokens', async () => {
    await using google = await startAccounts();
    const { body } = await connected(google, {});
    refused(await google.refresh(body['refresh_token']), 401, 'unauthorized_client');
    assert.equal((await google.refresh(body['refresh_token'], CREDENTIALS)).status, 200);
  });

  it('are both ended when a person’s grant is', async () => {
    await using google = await startAccounts();
    const desktop = await connected(google, {});
    const web = await google.exchange((await google.consent()).get('code'));
    await google.post('/revoke', { token: String(web.body['refresh_token']) });
    refused(await google.refresh(desktop.body['refresh_token'], CREDENTIALS), 400, 'invalid_grant');
  });
});

async function connected(google: Harness, change: Readonly<Record<string, string>>) {
  const answer = await google.consent(true, { ...ASK, ...change });
  return google.exchange(answer.get('code'), { ...CREDENTIALS, redirect_uri: LOOPBACK });
}
