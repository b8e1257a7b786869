import assert from 'node:assert/strict';
import { after, afterEach, beforeEach } from 'node:test';
import { inspect } from 'node:util';
import type { AuthorizationServer } from '../../../src/lib/authorization/authorization.ts';
import { mintTicket, pkceChallenge } from '../../../src/lib/authorization/ticket.ts';
import { AuthorizationError } from '../../../src/lib/errors.ts';
import { userName } from '../../../src/lib/names.ts';
import { serverAt } from './authorization-server.ts';
import { type FakeGoogle, startFakeGoogle } from './fake-google.ts';

export const ANA = userName.parse('users/101');
export const VERIFIER = 'a-verifier-of-43-characters-at-the-very-least';
export const REFRESH_TOKEN = '1//refresh-token-of-ana';
/** The signal of a caller who does not give up. */
export const never = new AbortController().signal;

export interface Scene {
  google: FakeGoogle;
  serverWith: (change?: Parameters<typeof serverAt>[1]) => AuthorizationServer;
  /** Ana consents to whatever is asked. */
  codeFor: (
    server: AuthorizationServer,
    scopes?: readonly string[],
    refreshToken?: string,
  ) => string;
  /** @returns the error, after making sure that nothing printed of it gives a secret away */
  rejects: (promise: Promise<unknown>, code: string) => Promise<AuthorizationError>;
}

/** One Google for all tests of a file, which knows Ana's refresh token as each of them begins. */
export async function openScene(): Promise<Scene> {
  const google = await startFakeGoogle();
  after(() => google.close());
  beforeEach(() => {
    google.posts.length = 0;
    google.addRefreshToken(REFRESH_TOKEN);
  });
  afterEach(() => {
    google.answerWith('/token', undefined);
    google.answerWith('/revoke', undefined);
  });
  return {
    google,
    serverWith: (change) => serverAt(google, change),
    codeFor(server, scopes, refreshToken) {
      const url = server.consentUrl({
        ticket: mintTicket(() => new Uint8Array(32)),
        challenge: pkceChallenge(VERIFIER),
        nonce: 'nonce',
        scopes: ['openid', 'a'],
        user: ANA,
      });
      const who = { sub: '101', ...(scopes && { scopes }), refreshToken };
      return google.consent(url, who).get('code') ?? '';
    },
    async rejects(promise, code) {
      const error = await promise.then(
        () => assert.fail(`expected ${code}`),
        (reason: unknown) => reason,
      );
      assert.ok(error instanceof AuthorizationError);
      assert.equal(error.code, code);
      const printed = inspect(error, { depth: 10, showHidden: true });
      for (const secret of [...google.secrets(), REFRESH_TOKEN, VERIFIER]) {
        assert.ok(!printed.includes(secret), `${secret} in ${printed}`);
      }
      return error;
    },
  };
}
