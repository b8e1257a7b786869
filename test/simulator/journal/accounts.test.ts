import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { loadCredentials } from '../../../simulator/credentials.ts';
import { type Google, startGoogle } from '../../../simulator/google.ts';
import { noSnapshot } from '../../../simulator/snapshot.ts';

describe('what the journal has of Google accounts', () => {
  const credentials = loadCredentials('p', noSnapshot());
  let google: Google;
  before(async () => {
    google = await startGoogle({
      project: 'p',
      credentials,
      redirectUri: 'http://127.0.0.1:1/oauth2',
      snapshot: noSnapshot,
      dialect: () => 'add-on',
    });
  });
  after(() => google.stop());

  const last = () => google.observatory.journal.entries().at(-1) ?? assert.fail('no entry');
  const post = (path: string, form: Record<string, string> = {}) =>
    fetch(`${google.url}${path}`, {
      method: 'POST',
      headers: { Origin: google.url },
      body: new URLSearchParams(form),
      redirect: 'manual',
    });

  it('has why Google gives no token, and neither the token nor the client’s secret', async () => {
    const { clientId, clientSecret } = credentials.oauthClient;
    await post('/token', {
      grant_type: 'refresh_token',
      refresh_token: '1//0abcdefghijklmnop',
      client_id: clientId,
      client_secret: clientSecret,
    });
    const entry = last();
    assert.ok(entry.kind === 'account');
    assert.deepEqual([entry.step, entry.status], ['token-refused', 400]);
    assert.match(JSON.stringify(entry.response), /invalid_grant/);
    assert.match(JSON.stringify(entry.request), /1\/\/0…\(masked, /);
    assert.ok(!JSON.stringify(entry).includes(clientSecret));
  });

  it('has that a person has ended the app’s access in their account', async () => {
    const [ana] = google.world.people;
    await post(`/accounts/${ana?.id}/disconnect`);
    const entry = last();
    assert.ok(entry.kind === 'account');
    assert.deepEqual([entry.step, entry.person], ['access-revoked', `users/${ana?.id}`]);
  });

  it('has that an answer was lost on its way', async () => {
    google.accounts.faults.token('lose-answer', 1);
    const written = new Promise<void>((resolve) => {
      google.observatory.journal.onEntry(() => resolve());
    });
    await assert.rejects(post('/token', { grant_type: 'refresh_token' }));
    await written;
    const entry = last();
    assert.ok(entry.kind === 'account');
    assert.equal(entry.status, 0);
  });
});
