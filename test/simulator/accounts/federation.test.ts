import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { createFederation } from '../../../simulator/accounts/federation.ts';
import { OAuthRefusal } from '../../../simulator/accounts/refusal.ts';
import { createSecrets } from '../../../simulator/accounts/secrets.ts';

const federation = createFederation({ secrets: createSecrets(), clock: Date.now, randomBytes });
const good = () => ({
  grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
  audience:
    '//iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/postern/providers/datacenter',
  scope: 'https://www.googleapis.com/auth/cloud-platform',
  requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
  subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
  subject_token: federation.subjectToken(),
});
const exchange = (change: Record<string, string>) =>
  federation.exchange(new URLSearchParams({ ...good(), ...change }));

describe('the Security Token Service', () => {
  it('exchanges a token of the identity provider for one of Google’s, with the scopes asked for', () => {
    const { access_token: token, ...rest } = exchange({});
    assert.deepEqual(rest, {
      issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      token_type: 'Bearer',
      expires_in: 3600,
    });
    const { kind, scopes } = federation.find(token) ?? assert.fail();
    assert.deepEqual({ kind, scopes }, { kind: 'federated', scopes: [good().scope] });
  });

  const other = createFederation({ secrets: createSecrets(), clock: Date.now, randomBytes });
  for (const { what, change, code } of [
    {
      what: 'another grant',
      change: { grant_type: 'authorization_code' },
      code: 'unsupported_grant_type',
    },
    { what: 'another provider', change: { audience: '//other' }, code: 'invalid_target' },
    { what: 'no scope', change: { scope: '' }, code: 'invalid_request' },
    {
      what: 'another type of token',
      change: { subject_token_type: 'urn:ietf:params:oauth:token-type:saml2' },
      code: 'invalid_request',
    },
    {
      what: 'a stale token',
      change: { subject_token: federation.subjectToken({ stale: true }) },
      code: 'invalid_grant',
    },
    {
      what: 'a token of somebody else’s',
      change: { subject_token: other.subjectToken() },
      code: 'invalid_grant',
    },
    { what: 'no token at all', change: { subject_token: 'nonsense' }, code: 'invalid_grant' },
  ]) {
    it(`refuses ${what}`, () => {
      assert.throws(
        () => exchange(change),
        (error) => error instanceof OAuthRefusal && error.code === code,
      );
    });
  }
});
