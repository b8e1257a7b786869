import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { consentAs } from '../../../simulator/accounts/consent-as.ts';
import { ANA, BRUNO, type Harness, memorySnapshot, startAccounts } from './harness.ts';

let google: Harness;
before(async () => {
  google = await startAccounts();
});
after(() => google[Symbol.asyncDispose]());

/** The page that choosing somebody leads to. */
async function chosen(id: string, change = {}): Promise<{ status: number; markup: string }> {
  const url = new URL(google.authUrl(change));
  const response = await fetch(
    `${google.url}/signin/oauth/consent${url.search}&chosen_account=${id}`,
  );
  return { status: response.status, markup: await response.text() };
}

describe('an app for its own organization', () => {
  before(() => google.accounts.setAudience('internal'));

  it('asks who is of it', async () => {
    const { status, markup } = await chosen(ANA.id);
    assert.equal(status, 200);
    assert.match(markup, /wants access to your Google Account/);
  });

  it('is blocked for everybody else, whom it never hears of', async () => {
    const { status, markup } = await chosen(BRUNO.id);
    assert.equal(status, 403);
    assert.match(markup, /Error 403: org_internal/);
    await assert.rejects(
      consentAs({ url: google.authUrl(), userId: BRUNO.id, allow: true }),
      /answered 403: Error 403: org_internal/,
    );
  });

  it('is blocked for them also when they post the consent themselves', async () => {
    const search = new URL(google.authUrl()).search;
    const response = await fetch(
      `${google.url}/signin/oauth/consent${search}&chosen_account=${BRUNO.id}`,
      {
        method: 'POST',
        headers: { Origin: google.url },
        body: new URLSearchParams({ decision: 'continue' }),
        redirect: 'manual',
      },
    );
    assert.equal(response.status, 403);
  });
});

describe('an app that is not verified', () => {
  before(() => google.accounts.setAudience('unverified'));

  it('is warned of before a consent that is sensitive, whoever it is', async () => {
    for (const { id } of [ANA, BRUNO]) {
      const { markup } = await chosen(id);
      assert.match(markup, /Google hasn’t verified this app/);
      assert.doesNotMatch(markup, /wants access/);
    }
  });

  it('asks who goes on all the same', async () => {
    const { markup } = await chosen(BRUNO.id);
    const onward = /href="([^"]*unsafe=yes)"/.exec(markup)?.[1]?.replaceAll('&amp;', '&');
    const page = await (await fetch(google.url + onward)).text();
    assert.match(page, /wants access to your Google Account/);
    // Whoever switches the account is warned again.
    assert.doesNotMatch(/class="account" href="([^"]*)"/.exec(page)?.[1] ?? '', /unsafe/);
  });

  it('may learn who somebody is without a warning', async () => {
    assert.match((await chosen(ANA.id, { scope: 'openid email' })).markup, /wants access/);
  });
});

describe('the audience', () => {
  it('is the organization at first, and outlives a restart', async () => {
    const snapshot = memorySnapshot();
    await using first = await startAccounts(snapshot);
    first.accounts.setAudience('unverified');
    const kept = memorySnapshot(snapshot.text());
    await using second = await startAccounts(kept, { audience: undefined });
    const page = await (await fetch(`${second.url}/accounts`)).text();
    assert.match(page, /value="unverified" checked/);
  });

  it('is chosen on the page of all accounts, by nobody elsewhere', async () => {
    const choose = (audience: string, headers: Record<string, string>): Promise<Response> =>
      fetch(`${google.url}/accounts/audience`, {
        method: 'POST',
        body: new URLSearchParams({ audience }),
        headers,
        redirect: 'manual',
      });
    assert.equal((await choose('internal', { Origin: google.url })).status, 303);
    assert.equal((await chosen(BRUNO.id)).status, 403);
    assert.equal((await choose('verified', { Origin: 'http://elsewhere.example' })).status, 403);
    assert.equal((await choose('everybody', { Origin: google.url })).status, 400);
    assert.equal((await chosen(BRUNO.id)).status, 403);
  });
});
