import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { requestId, spaceName, userName } from '../../src/lib/names.ts';
import type { Consent } from '../../src/lib/store/consent-store.ts';
import { sealed } from '../../src/lib/store/records.ts';
import {
  checkGrant,
  checkPerson,
  checkTicket,
  missing,
  type UsableTicket,
} from '../../src/oauth-web/checks.ts';

const NOW = 1_000_000;
const secret = sealed.parse('v1.k.AAAA');
const consent: Consent = {
  ticketHash: 'a'.repeat(64),
  user: userName.parse('users/101'),
  space: spaceName.parse('spaces/AAA'),
  requestId: requestId.parse('1'.repeat(64)),
  scopes: ['openid', 'a', 'b'],
  verifier: secret,
  nonce: secret,
  status: 'pending',
  createdAt: NOW - 10,
  expiresAt: NOW + 10,
};

describe('a ticket', () => {
  const table: [what: string, ticket: Consent | undefined, reason: string][] = [
    ['that we never made', undefined, 'ticket-unknown'],
    ['that was used', { ...consent, status: 'used' }, 'ticket-used'],
    ['that was used and is old', { ...consent, status: 'used', expiresAt: NOW - 1 }, 'ticket-used'],
    ['that is old', { ...consent, expiresAt: NOW - 1 }, 'ticket-expired'],
    ['that expires this moment', { ...consent, expiresAt: NOW }, 'ticket-expired'],
  ];
  for (const [what, ticket, reason] of table) {
    it(`${what}: ${reason}`, () => assert.equal(checkTicket(ticket, NOW), reason));
  }

  it('that is pending is usable until the last millisecond', () => {
    const ticket = { ...consent, expiresAt: NOW + 1 };
    assert.equal(checkTicket(ticket, NOW), ticket);
  });
});

describe('the account', () => {
  const ben = userName.parse('users/102');
  const domain = 'example.com';
  const table: [what: string, identity: object, allowed: string | undefined, reason: string][] = [
    ['of another person', { user: ben }, undefined, 'other-person'],
    ['of another person in the domain', { user: ben, domain }, domain, 'other-person'],
    ['without a domain, where one is needed', {}, domain, 'other-domain'],
    ['of another domain', { domain: 'example.com.evil.example' }, domain, 'other-domain'],
  ];
  for (const [what, identity, allowed, reason] of table) {
    it(`${what}: ${reason}`, () => {
      assert.equal(checkPerson({ user: consent.user, ...identity }, usable(), allowed), reason);
    });
  }

  it('of the person who was asked is accepted, from the domain if there has to be one', () => {
    const identity = { user: consent.user, domain };
    assert.equal(checkPerson(identity, usable(), undefined), identity);
    assert.equal(checkPerson(identity, usable(), domain), identity);
  });
});

describe('what was granted', () => {
  const exchange = { idToken: 'i', refreshToken: 'r', scopes: ['openid', 'a', 'b'] };

  it('is kept when it is all, or some, or more than was asked for', () => {
    for (const scopes of [['openid', 'a', 'b'], ['a'], ['b', 'c', 'openid']]) {
      assert.notEqual(
        typeof checkGrant({ ...exchange, scopes }, usable()),
        'string',
        String(scopes),
      );
    }
  });

  it('is nothing when none of what was asked for is in it', () => {
    for (const scopes of [[], ['openid'], ['openid', 'c']]) {
      assert.equal(
        checkGrant({ ...exchange, scopes }, usable()),
        'nothing-granted',
        String(scopes),
      );
    }
  });

  it('is enough when nothing but who the person is was asked for', () => {
    const ticket = checkTicket({ ...consent, scopes: ['openid'] }, NOW);
    assert.ok(typeof ticket !== 'string');
    const given = { ...exchange, scopes: ['openid'] };
    assert.equal(checkGrant(given, ticket), given);
  });

  it('is of no use without a refresh token', () => {
    const reason = checkGrant({ ...exchange, refreshToken: undefined }, usable());
    assert.equal(reason, 'no-refresh-token');
  });

  it('lacks what was asked for and not given, who the person is aside', () => {
    assert.deepEqual(missing({ ...exchange, scopes: ['b'] }, usable()), ['a']);
    assert.deepEqual(missing({ ...exchange, scopes: ['a', 'b'] }, usable()), []);
  });
});

function usable(): UsableTicket {
  const ticket = checkTicket(consent, NOW);
  assert.ok(typeof ticket !== 'string');
  return ticket;
}
