import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { loadState } from '../../../simulator/accounts/state.ts';
import { createTokens } from '../../../simulator/accounts/tokens.ts';
import { hours, seconds } from '../../../src/lib/clock.ts';
import { ANA, BRUNO, CREATE, EMAIL, memorySnapshot, refused, startAccounts } from './harness.ts';

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
