import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { inspect } from 'node:util';
import {
  createIdTokenVerifier,
  type VerifyIdToken,
} from '../../../src/lib/authorization/id-token.ts';
import { AuthorizationError } from '../../../src/lib/errors.ts';
import { type FakeGoogle, startFakeGoogle } from './fake-google.ts';
import {
  CLIENT_ID,
  type Claims,
  claimsOf,
  ISSUER,
  notSigned,
  signed,
  signedByStranger,
  signedWithCertificate,
} from './id-tokens.ts';

const NONCE = 'the-nonce-of-the-link';

let google: FakeGoogle;
let verify: VerifyIdToken;
before(async () => {
  google = await startFakeGoogle();
  verify = verifier();
});
after(() => google.close());
afterEach(() => google.answerWith('/certs', undefined));

function verifier(timeoutMs = 5000): VerifyIdToken {
  return createIdTokenVerifier({
    clientId: CLIENT_ID,
    certsUrl: google.client.certsUrl,
    issuers: [ISSUER, 'accounts.google.com'],
    timeoutMs,
  });
}

const claims = (change: Claims = {}): Claims => claimsOf('101', NONCE, change);
const now = (): number => Math.floor(Date.now() / 1000);

describe('an ID token', () => {
  it('proves whose account it is', async () => {
    assert.deepEqual(await verify(signed(claims()), NONCE), {
      user: 'users/101',
      email: undefined,
      domain: undefined,
    });
  });

  it('may tell the e-mail address and the Workspace domain', async () => {
    const token = signed(claims({ email: 'ana@example.com', hd: 'example.com' }));
    const identity = await verify(token, NONCE);
    assert.deepEqual(identity, {
      user: 'users/101',
      email: 'ana@example.com',
      domain: 'example.com',
    });
  });

  const tolerated: [what: string, change: Claims][] = [
    ["Google's name without the scheme", { iss: 'accounts.google.com' }],
    ['no azp', { azp: undefined }],
    ['a clock that is four minutes ahead of ours', { iat: now() + 240 }],
    ['a clock that is four minutes behind ours', { iat: now() - 3840, exp: now() - 240 }],
  ];
  for (const [what, change] of tolerated) {
    it(`is accepted with ${what}`, async () => {
      assert.equal((await verify(signed(claims(change)), NONCE)).user, 'users/101');
    });
  }

  const wrongClaims: [what: string, change: Claims][] = [
    ['another issuer', { iss: 'https://accounts.google.com.evil.example' }],
    ['no issuer', { iss: undefined }],
    ['another audience', { aud: 'another-client' }],
    ['no audience', { aud: undefined }],
    ['us among several audiences', { aud: [CLIENT_ID, 'another-client'] }],
    ['us as the one audience of a list', { aud: [CLIENT_ID] }],
    ['another authorized party', { azp: 'another-client' }],
    ['an expiry six minutes ago', { exp: now() - 360 }],
    ['an expiry in two days', { exp: now() + 172_800 }],
    ['no expiry', { exp: undefined }],
    ['an expiry that is no number', { exp: 'never' }],
    ['an issue time in six minutes', { iat: now() + 360 }],
    ['no issue time', { iat: undefined }],
    ['another nonce', { nonce: 'of-another-link' }],
    ['no nonce', { nonce: undefined }],
    ['an empty nonce', { nonce: '' }],
    ['no subject', { sub: undefined }],
    ['an empty subject', { sub: '' }],
    ['a subject that is a path', { sub: '101/../102' }],
    ['a subject that is no string', { sub: 101 }],
  ];
  for (const [what, change] of wrongClaims) {
    it(`is refused with ${what}`, () => isRefused(signed(claims(change))));
  }

  const wrongTokens: [what: string, token: () => string][] = [
    ['that is not signed', () => notSigned(claims())],
    ['whose signature is cut off', () => signed(claims()).replace(/[^.]*$/, '')],
    ['that is signed with HS256 and our certificate', () => signedWithCertificate(claims())],
    ['that somebody else signed', () => signedByStranger(claims())],
    ['of an unknown key', () => signed(claims(), { kid: 'key-2' })],
    ['of no key', () => signed(claims(), { kid: undefined })],
    ['of a key that every object has', () => signed(claims(), { kid: 'constructor' })],
    ['that names another algorithm', () => signed(claims(), { alg: 'RS512' })],
    ['that names no algorithm', () => signed(claims(), { alg: undefined })],
    ['that names ES256', () => signed(claims(), { alg: 'ES256' })],
    ['whose claims were changed', () => withClaims(signed(claims()), claims({ sub: '102' }))],
    ['that is no token', () => 'nonsense'],
    ['of three empty parts', () => '..'],
    ['of nulls', () => ['null', 'null', 'x'].map((part) => btoa(part)).join('.')],
  ];
  for (const [what, token] of wrongTokens) {
    it(`is refused ${what}`, () => isRefused(token()));
  }

  async function isRefused(token: string): Promise<void> {
    const error = await verify(token, NONCE).then(
      () => assert.fail('accepted'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof AuthorizationError);
    assert.equal(error.code, 'id_token_invalid');
    const printed = inspect(error, { depth: 10, showHidden: true });
    for (const part of [...token.split('.'), NONCE, '101']) {
      assert.ok(part.length < 3 || !printed.includes(part), printed);
    }
  }
});

describe("Google's certificates", () => {
  it('are fetched once for as long as they are valid', async () => {
    const cached = verifier();
    google.answerWith('/certs', undefined);
    const body = await (await fetch(google.client.certsUrl)).text();
    const headers = { 'Content-Type': 'application/json', 'Cache-Control': 'max-age=3600' };
    google.answerWith('/certs', { status: 200, body, headers });
    const before = google.certificateFetches();
    await cached(signed(claims()), NONCE);
    await cached(signed(claims()), NONCE);
    assert.equal(google.certificateFetches() - before, 1);
  });

  for (const answer of [
    { status: 404 },
    { status: 302, headers: { Location: '/moved-certs' } },
    'hang',
  ] as const) {
    it(`that can't be had are an outage, not a wrong token (${inspect(answer)})`, async () => {
      google.answerWith('/certs', answer);
      const patient = verifier(answer === 'hang' ? 40 : 5000);
      await assert.rejects(patient(signed(claims()), NONCE), { code: 'oauth_unavailable' });
    });
  }
});

function withClaims(token: string, other: Claims): string {
  const [head, , signature] = token.split('.');
  return [head, Buffer.from(JSON.stringify(other)).toString('base64url'), signature].join('.');
}
