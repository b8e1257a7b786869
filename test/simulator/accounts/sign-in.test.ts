import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, it } from 'node:test';
import {
  ANA,
  BRUNO,
  CREATE,
  EMAIL,
  type Harness,
  READ,
  REDIRECT_URI,
  startAccounts,
} from './harness.ts';

let google: Harness;
before(async () => {
  google = await startAccounts();
});
after(() => google[Symbol.asyncDispose]());

type Change = Readonly<Record<string, string | undefined>>;

describe('an authorization request that can’t be trusted', () => {
  const cases: [what: string, change: Change, status: number, error: string][] = [
    ['no client', { client_id: undefined }, 400, 'invalid_request'],
    ['another client', { client_id: 'x' }, 401, 'invalid_client'],
    ['no redirect URI', { redirect_uri: undefined }, 400, 'invalid_request'],
    ['another redirect URI', { redirect_uri: 'https://x.example' }, 400, 'redirect_uri_mismatch'],
    ['a longer redirect URI', { redirect_uri: `${REDIRECT_URI}/` }, 400, 'redirect_uri_mismatch'],
  ];
  for (const [what, change, status, error] of cases) {
    it(`(${what}) is refused on our own page`, async () => {
      const response = await fetch(google.authUrl(change), { redirect: 'manual' });
      assert.equal(response.status, status);
      assert.match(await response.text(), new RegExp(`Error ${status}: ${error}`));
    });
  }

  it('(a doubled parameter) is refused on our own page', async () => {
    const response = await fetch(`${google.authUrl()}&state=another`, { redirect: 'manual' });
    assert.equal(response.status, 400);
    assert.match(await response.text(), /single value: state/);
  });
});

describe('a wrong authorization request', () => {
  const cases: [what: string, change: Change, error: string][] = [
    ['no response type', { response_type: undefined }, 'invalid_request'],
    ['another response type', { response_type: 'token' }, 'unsupported_response_type'],
    ['no scope', { scope: undefined }, 'invalid_request'],
    ['an empty scope', { scope: ' ' }, 'invalid_request'],
    ['a scope nobody knows', { scope: 'openid x' }, 'invalid_scope'],
    ['an app’s scope', { scope: 'https://www.googleapis.com/auth/chat.bot' }, 'invalid_scope'],
    ['a strange access type', { access_type: 'both' }, 'invalid_request'],
    ['a strange prompt', { prompt: 'consent please' }, 'invalid_request'],
    ['prompt none and more', { prompt: 'none consent' }, 'invalid_request'],
    ['a strange flag', { include_granted_scopes: 'yes' }, 'invalid_request'],
    ['a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['a challenge without method', { code_challenge_method: undefined }, 'invalid_request'],
    ['a method without challenge', { code_challenge: undefined }, 'invalid_request'],
    ['a challenge that is no hash', { code_challenge: 'short' }, 'invalid_request'],
    ['prompt none before any consent', { prompt: 'none' }, 'interaction_required'],
  ];
  for (const [what, change, error] of cases) {
    it(`(${what}) brings the app ${error}, and its state`, async () => {
      const response = await fetch(google.authUrl(change), { redirect: 'manual' });
      const location = new URL(response.headers.get('location') ?? '');
      assert.equal(location.origin + location.pathname, REDIRECT_URI);
      assert.deepEqual(Object.fromEntries(location.searchParams), {
        state: 'the-state',
        iss: google.url,
        error,
      });
    });
  }
});

describe('the account chooser', () => {
  it('offers everybody, whom the app expects first', async () => {
    for (const login_hint of [BRUNO.id, BRUNO.email]) {
      const page = await (await fetch(google.authUrl({ login_hint }))).text();
      const [first, second] = [...page.matchAll(/data-user="(\d+)"( autofocus)?/g)];
      assert.deepEqual([first?.[1], first?.[2]], [BRUNO.id, ' autofocus']);
      assert.deepEqual([second?.[1], second?.[2]], [ANA.id, undefined]);
    }
  });

  it('offers accounts of one domain only, when the app asks for it', async () => {
    const page = await (await fetch(google.authUrl({ hd: 'other.example' }))).text();
    assert.deepEqual(
      [...page.matchAll(/data-user="(\d+)"/g)].map(([, id]) => id),
      [BRUNO.id],
    );
  });

  it('shows names as text', async () => {
    const page = await (await fetch(google.authUrl())).text();
    assert.ok(page.includes('Bruno &amp; &lt;b&gt;'));
  });
});

describe('consenting', () => {
  it('sends the person back with a code, the state, and what was granted', async () => {
    await using fresh = await startAccounts();
    const { code, ...rest } = Object.fromEntries(await fresh.consent());
    assert.match(code ?? '', /^4\/0A[\w-]{48}$/);
    assert.deepEqual(rest, {
      state: 'the-state',
      iss: fresh.url,
      scope: `openid ${CREATE}`,
      authuser: '0',
      hd: 'example.com',
      prompt: 'consent',
    });
  });

  it('with Cancel brings access_denied', async () => {
    const answer = await google.consent(false);
    assert.equal(answer.get('error'), 'access_denied');
    assert.equal(answer.get('code'), null);
  });

  it('grants only what is ticked', async () => {
    await using fresh = await startAccounts();
    const scope = `openid email ${CREATE} ${READ}`;
    assert.equal((await fresh.consent([READ], { scope })).get('scope'), `openid ${EMAIL} ${READ}`);
    const { body } = await fresh.exchange((await fresh.consent([], { scope })).get('code'));
    assert.equal(body['scope'], `openid ${EMAIL} ${READ}`, 'what was granted before stays');
  });

  it('adds what was granted before only when the app asks for that', async () => {
    await using fresh = await startAccounts();
    await fresh.consent(true, { scope: `openid ${CREATE}` });
    const alone = { scope: `openid ${READ}`, include_granted_scopes: undefined };
    assert.equal((await fresh.consent(true, alone)).get('scope'), `openid ${READ}`);
    const together = { scope: `openid ${READ}`, include_granted_scopes: 'true' };
    assert.equal((await fresh.consent(true, together)).get('scope'), `openid ${READ} ${CREATE}`);
  });

  it('is not asked for twice, unless the app wants it', async () => {
    await using fresh = await startAccounts();
    await fresh.consent();
    const again = await fresh.consent(false, { prompt: undefined });
    assert.equal(again.get('error'), null);
    assert.ok(again.has('code'));
    const silent = await fetch(fresh.authUrl({ prompt: 'none' }), { redirect: 'manual' });
    assert.ok(new URL(silent.headers.get('location') ?? '').searchParams.has('code'));
    assert.equal((await fresh.consent(false)).get('error'), 'access_denied');
  });
});

describe('the consent page', () => {
  const consentUrl = () =>
    google.authUrl().replace('/o/oauth2/v2/auth', '/signin/oauth/consent') +
    `&chosen_account=${ANA.id}`;

  for (const headers of [
    {},
    { 'Sec-Fetch-Site': 'cross-site', Origin: 'http://evil.example' },
    { Origin: 'http://evil.example' },
    { Origin: 'null' },
  ]) {
    it(`takes no answer from elsewhere (${JSON.stringify(headers)})`, async () => {
      const body = new URLSearchParams({ decision: 'continue' });
      const response = await fetch(consentUrl(), { method: 'POST', body, headers });
      assert.equal(response.status, 403);
    });
  }

  it('may send its form to the app, and can’t be framed or cached', async () => {
    const { headers } = await fetch(consentUrl());
    const policy = headers.get('content-security-policy') ?? '';
    assert.match(
      policy,
      /form-action 'self' http:\/\/localhost:8080 https:\/\/postern.example.com http:\/\/127\.0\.0\.1:\* http:\/\/localhost:\*;/,
    );
    assert.match(policy, /frame-ancestors 'none'/);
    assert.equal(headers.get('cache-control'), 'no-store');
  });

  it('asks who you are when nobody was chosen', async () => {
    const url = consentUrl().replace(`chosen_account=${ANA.id}`, 'chosen_account=999');
    const response = await fetch(url, { redirect: 'manual' });
    assert.equal(response.headers.get('location')?.startsWith('/o/oauth2/v2/auth?'), true);
  });
});

describe('requests by another name of this machine', () => {
  for (const [host, status] of [
    ['localhost', 200],
    ['127.0.0.1:1234', 200],
    ['[::1]:80', 200],
    ['rebound.evil.example', 421],
    ['localhost.evil.example', 421],
  ] as const) {
    it(`(${host}) are answered with ${status}`, async () => {
      assert.equal(await statusFor(host), status);
    });
  }

  function statusFor(host: string): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      request(`${google.url}/oauth2/v1/certs`, { headers: { host } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
  }
});
