import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type Question, type SignInDeps, signIn } from '../../src/cli/sign-in.ts';
import { GOOGLE_ISSUER } from '../../src/lib/authorization/google-authorization.ts';
import { userName } from '../../src/lib/names.ts';
import {
  type Consenter,
  type FakeGoogle,
  startFakeGoogle,
} from '../lib/authorization/fake-google.ts';

const ANA = userName.parse('users/101');
const NEEDED = 'https://www.googleapis.com/auth/chat.messages.create';
const ASK: Question = { scopes: ['openid', NEEDED], needed: [NEEDED], user: undefined };
const ISSUER = `iss=${encodeURIComponent(GOOGLE_ISSUER)}`;

let google: FakeGoogle;
before(async () => {
  google = await startFakeGoogle();
});
after(() => google.close());

/** Signs in as somebody would in the browser. The page that they see is what `pages` gets. */
async function signInAs(
  who: Consenter,
  change: Partial<SignInDeps & Question> = {},
  signal: AbortSignal = new AbortController().signal,
) {
  const pages: Promise<Response>[] = [];
  const links: URL[] = [];
  const deps: SignInDeps = {
    oauth: {
      client: { ...google.client, kind: 'installed' },
      redirectUri: undefined,
      issuer: GOOGLE_ISSUER,
      revokeUrl: google.revokeUrl,
    },
    allowedDomain: undefined,
    clock: Date.now,
    randomBytes,
    async invite(link) {
      links.push(new URL(link));
      const query = google.consent(link, who);
      pages.push(
        fetch(`${new URL(link).searchParams.get('redirect_uri')}?${query.toString()}&${ISSUER}`),
      );
    },
    ...change,
  };
  const outcome = await signIn(deps, { ...ASK, ...change }, signal).catch(
    (error: unknown) => error,
  );
  const [page] = await Promise.all(pages);
  return { outcome, status: page?.status, link: links[0] };
}

const failed = (outcome: unknown, code: string): void => {
  assert.ok(outcome instanceof Error && 'code' in outcome, String(outcome));
  assert.equal(outcome.code, code);
  for (const secret of google.secrets()) assert.ok(!outcome.message.includes(secret));
};

describe('signing in', () => {
  it('gives who it is, what they gave, and what to keep of it', async () => {
    const who = { sub: '101', refreshToken: '1//kept', claims: { email: 'ana@example.com' } };
    const { outcome, status } = await signInAs(who);
    assert.deepEqual(outcome, {
      identity: { user: ANA, email: 'ana@example.com', domain: undefined },
      refreshToken: '1//kept',
      scopes: ['openid', NEEDED],
    });
    assert.equal(status, 200);
  });

  it('asks with PKCE, a state and a nonce, each new every time', async () => {
    const [one, two] = [await signInAs({ sub: '101' }), await signInAs({ sub: '101' })];
    assert.equal(one.link?.searchParams.get('code_challenge_method'), 'S256');
    for (const name of ['state', 'nonce', 'code_challenge']) {
      const value = one.link.searchParams.get(name) ?? '';
      assert.match(value, /^[\w-]{43}$/);
      assert.notEqual(value, two.link?.searchParams.get(name));
    }
  });

  it('proposes whoever is signed in, and the domain', async () => {
    const { link } = await signInAs({ sub: '101' }, { user: ANA, allowedDomain: 'example.com' });
    assert.equal(link?.searchParams.get('login_hint'), '101');
    assert.equal(link.searchParams.get('hd'), 'example.com');
  });

  it('takes accounts of the allowed domain', async () => {
    const claims = { hd: 'example.com' };
    const { status } = await signInAs({ sub: '101', claims }, { allowedDomain: 'example.com' });
    assert.equal(status, 200);
  });
});

describe('signing in fails', () => {
  const domain = { allowedDomain: 'example.com' };
  const cases: [
    what: string,
    who: Consenter,
    change: Partial<SignInDeps & Question>,
    code: string,
  ][] = [
    ['for another account', { sub: '102' }, { user: ANA }, 'sign_in_other_account'],
    ['for no Workspace account', { sub: '101' }, domain, 'sign_in_other_domain'],
    [
      'for an account of another domain',
      { sub: '101', claims: { hd: 'evil.example' } },
      domain,
      'sign_in_other_domain',
    ],
    [
      'for an address that only looks like the domain',
      { sub: '101', claims: { email: 'ana@example.com' } },
      domain,
      'sign_in_other_domain',
    ],
    [
      'without the permission',
      { sub: '101', scopes: ['openid'] },
      {},
      'sign_in_permission_missing',
    ],
    [
      'without a refresh token',
      { sub: '101', refreshToken: undefined },
      {},
      'oauth_response_invalid',
    ],
    ['with another nonce', { sub: '101', claims: { nonce: 'x' } }, {}, 'id_token_invalid'],
    [
      'with a token for another client',
      { sub: '101', claims: { aud: 'x' } },
      {},
      'id_token_invalid',
    ],
  ];
  for (const [what, who, change, code] of cases) {
    it(`${what}: ${code}, and the browser says that it failed`, async () => {
      const { outcome, status } = await signInAs(who, change);
      failed(outcome, code);
      assert.equal(status, 403);
    });
  }

  it('when Google can’t exchange the code', async () => {
    google.answerWith('/token', { status: 503 });
    const { outcome, status } = await signInAs({ sub: '101' });
    google.answerWith('/token', undefined);
    failed(outcome, 'oauth_unavailable');
    assert.equal(status, 403);
  });

  it('when nobody comes back in time', async () => {
    const { outcome } = await signInAs({ sub: '101' }, { patienceMs: 10, invite: async () => {} });
    failed(outcome, 'sign_in_timed_out');
  });

  it('when it is stopped', async () => {
    const stop = new AbortController();
    const invite = async (): Promise<void> => stop.abort();
    const { outcome } = await signInAs({ sub: '101' }, { invite }, stop.signal);
    assert.equal(outcome, stop.signal.reason);
  });
});
