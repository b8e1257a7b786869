import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { days } from '../../../src/lib/clock.ts';
import {
  EXPIRED_CONSENT_STAYS_MS,
  isNewUse,
  isOutdated,
  isPromptOpen,
  nextGrant,
  refusal,
} from '../../../src/lib/store/consent-rules.ts';
import type { Consent } from '../../../src/lib/store/consent-store.ts';
import { aConsent, aGrant, BOB, NOW, request } from './contract/fixture.ts';

const consent: Consent = { ...aConsent(), status: 'pending' };

describe('a prompt', () => {
  const other = (expiresAt: number) => ({ requestId: request('b'), expiresAt });

  it('is open while another request’s has not expired', () => {
    assert.equal(isPromptOpen([], consent), false);
    assert.equal(isPromptOpen([other(NOW)], consent), false);
    assert.equal(isPromptOpen([other(NOW + 1)], consent), true);
    assert.equal(isPromptOpen([other(NOW), other(NOW + 1)], consent), true);
  });

  it('of the same request stands in nobody’s way', () => {
    assert.equal(isPromptOpen([consent], consent), false);
    assert.equal(isPromptOpen([consent, other(NOW + 1)], consent), true);
  });
});

describe('an earlier link of the same request', () => {
  it('is outdated once it has expired, and not a millisecond before', () => {
    const { requestId } = consent;
    assert.equal(isOutdated({ requestId, expiresAt: NOW + 1 }, consent), false);
    assert.equal(isOutdated({ requestId, expiresAt: NOW }, consent), true);
    assert.equal(isOutdated({ requestId, expiresAt: NOW - 1 }, consent), true);
  });

  it('is another matter than those of other requests', () => {
    assert.equal(isOutdated({ requestId: request('b'), expiresAt: NOW }, consent), false);
    assert.equal(isOutdated({ requestId: request('b'), expiresAt: NOW + 1 }, consent), false);
  });
});

describe('a use of a grant', () => {
  it('is news when none is known, and again after a day', () => {
    assert.equal(isNewUse({}, NOW), true);
    assert.equal(isNewUse({ lastUsedAt: NOW }, NOW + days(1) - 1), false);
    assert.equal(isNewUse({ lastUsedAt: NOW }, NOW + days(1)), true);
  });
});

describe('a consent', () => {
  const last = consent.expiresAt - 1;

  it('can be completed by its person, once, until the last millisecond', () => {
    assert.equal(refusal(consent, aGrant(), last), undefined);
  });

  it('that nobody knows, or that is another’s, is unknown', () => {
    assert.equal(refusal(undefined, aGrant(), last), 'unknown');
    assert.equal(refusal(consent, aGrant({ user: BOB }), last), 'unknown');
    assert.equal(refusal({ ...consent, status: 'used' }, aGrant({ user: BOB }), last), 'unknown');
  });

  it('that was used is used, also when it is old', () => {
    for (const now of [last, last + 1]) {
      assert.equal(refusal({ ...consent, status: 'used' }, aGrant(), now), 'already-used');
    }
  });

  it('that has expired stays for a day, to say so', () => {
    assert.equal(refusal(consent, aGrant(), last + 1), 'expired');
    assert.equal(EXPIRED_CONSENT_STAYS_MS, days(1));
  });
});

describe('a grant’s version', () => {
  it('is the time', () => {
    assert.deepEqual(nextGrant(aGrant(), undefined, NOW), {
      ...aGrant(),
      version: NOW,
      lastUsedAt: NOW,
    });
    assert.equal(nextGrant(aGrant(), { version: NOW - 1 }, NOW).version, NOW);
  });

  it('grows with every grant, also when the clock went backwards', () => {
    assert.equal(nextGrant(aGrant(), { version: NOW }, NOW).version, NOW + 1);
    assert.equal(nextGrant(aGrant(), { version: NOW + 9 }, NOW).version, NOW + 10);
    assert.equal(nextGrant(aGrant(), undefined, 0).version, 1);
  });
});
