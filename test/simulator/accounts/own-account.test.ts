import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ANA, BRUNO, CREATE, type Harness, refused, startAccounts } from './harness.ts';

let google: Harness;
before(async () => {
  google = await startAccounts();
});
after(() => google[Symbol.asyncDispose]());

async function page(path: string): Promise<string> {
  return (await fetch(google.url + path)).text();
}

function disconnect(id: string, origin = google.url): Promise<Response> {
  return fetch(`${google.url}/accounts/${id}/disconnect`, {
    method: 'POST',
    headers: { Origin: origin },
    redirect: 'manual',
  });
}

describe('one’s own account', () => {
  it('says what the app may do, after a consent and not before', async () => {
    assert.match(await page(`/accounts/${ANA.id}`), /No app has access to this account/);
    await google.consent([CREATE]);
    assert.match(await page(`/accounts/${ANA.id}`), /Compose and send messages in Google Chat/);
    assert.match(await page('/accounts'), /ana@example.com · Postern has access/);
  });

  it('ends all that was granted, and all tokens', async () => {
    const { body } = await google.exchange((await google.consent()).get('code'));
    assert.equal((await disconnect(ANA.id)).headers.get('location'), `/accounts/${ANA.id}`);
    assert.match(await page(`/accounts/${ANA.id}`), /No app has access to this account/);
    refused(await google.refresh(body['refresh_token']), 400, 'invalid_grant');
    assert.equal(google.accounts.authenticate(String(body['access_token'])), undefined);
  });

  it('ends nothing for who asks from elsewhere', async () => {
    await google.consent();
    assert.equal((await disconnect(ANA.id, 'http://elsewhere.example')).status, 403);
    assert.match(await page(`/accounts/${ANA.id}`), /Compose and send/);
  });

  it('shows names as they are written, and no account that isn’t there', async () => {
    assert.match(await page('/accounts'), /Bruno &amp; &lt;b&gt;/);
    assert.match(await page(`/accounts/${BRUNO.id}`), /bruno@other.example/);
    assert.equal((await fetch(`${google.url}/accounts/999`)).status, 404);
  });
});
