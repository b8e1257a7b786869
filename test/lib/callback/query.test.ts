import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseQuery, readQuery } from '../../../src/lib/callback/query.ts';
import { PAGE_FOR } from '../../../src/oauth-web/outcome.ts';

const ISSUER = 'https://accounts.google.com';
const STATE = 'Abc-_'.padEnd(43, '9');
const GOOD = `state=${STATE}&code=4/0Ab`;

const read = (query: string) => readQuery(parseQuery(query), ISSUER);

describe('the query of a callback', () => {
  const accepted: [what: string, query: string][] = [
    ['a ticket and a code', GOOD],
    ['what Google adds', `${GOOD}&scope=openid%20a&authuser=0&hd=example.com&prompt=consent`],
    ['the right issuer', `${GOOD}&iss=https%3A%2F%2Faccounts.google.com`],
    ['parameters of tomorrow, even doubled', `${GOOD}&new=1&new=2`],
    ['a parameter that every object has', `${GOOD}&__proto__=1&constructor=2&toString=3`],
  ];
  for (const [what, query] of accepted) {
    it(`is read with ${what}`, () => {
      assert.deepEqual(read(query), { ticket: STATE, code: '4/0Ab' });
    });
  }

  it('may have a code of 2,048 characters, and not one more', () => {
    assert.notEqual(typeof read(`state=${STATE}&code=${'c'.repeat(2048)}`), 'string');
    assert.equal(read(`state=${STATE}&code=${'c'.repeat(2049)}`), 'malformed-query');
  });

  const refused: [what: string, query: string, reason: string][] = [
    ['nothing', '', 'malformed-query'],
    ['no ticket', 'code=c', 'malformed-query'],
    ['an empty ticket', 'state=&code=c', 'malformed-query'],
    ['a ticket that is too short', `state=${STATE.slice(1)}&code=c`, 'malformed-query'],
    ['a ticket that is too long', `state=${STATE}x&code=c`, 'malformed-query'],
    ['a ticket with a line break', `state=${STATE.slice(1)}%0A&code=c`, 'malformed-query'],
    ['a line break behind the ticket', `state=${STATE}%0A&code=c`, 'malformed-query'],
    [
      'a ticket in another alphabet',
      `state=${STATE.replace('-', '%2B')}&code=c`,
      'malformed-query',
    ],
    ['a doubled ticket', `${GOOD}&state=${STATE}`, 'malformed-query'],
    ['a doubled ticket far behind', `${GOOD}${'&a'.repeat(2000)}&state=x`, 'malformed-query'],
    ['a doubled ticket, once in disguise', `${GOOD}&st%61te=${STATE}`, 'malformed-query'],
    ['a ticket in brackets', `state[]=${STATE}&code=c`, 'malformed-query'],
    ['no code', `state=${STATE}`, 'malformed-query'],
    ['an empty code', `state=${STATE}&code=`, 'malformed-query'],
    ['a doubled code', `${GOOD}&code=c`, 'malformed-query'],
    ['a doubled error', 'error=access_denied&error=access_denied', 'malformed-query'],
    ['an endless error', `error=${'e'.repeat(201)}`, 'malformed-query'],
    ['a doubled issuer', `${GOOD}&iss=${ISSUER}&iss=${ISSUER}`, 'malformed-query'],
    ['another issuer', `${GOOD}&iss=https://accounts.example.com`, 'wrong-issuer'],
    ['almost our issuer', `${GOOD}&iss=${ISSUER}/`, 'wrong-issuer'],
    ['an empty issuer', `${GOOD}&iss=`, 'wrong-issuer'],
    ['a no', `error=access_denied&state=${STATE}`, 'declined'],
    ['a no of somebody else', `error=access_denied&iss=https://evil.example`, 'wrong-issuer'],
    ['a no and a code', `error=access_denied&${GOOD}`, 'declined'],
    ['a refusal by the administrator', 'error=admin_policy_enforced', 'refused-by-google'],
    ['an unknown error', 'error=%3Cscript%3E', 'refused-by-google'],
    ['an outage', 'error=temporarily_unavailable', 'google-unavailable'],
    ['a failure', 'error=server_error', 'google-unavailable'],
  ];
  for (const [what, query, reason] of refused) {
    it(`with ${what}: ${reason}`, () => {
      assert.equal(read(query), reason);
    });
  }

  it('never throws, and gives a code only with a well-formed ticket', () => {
    const names = fc.constantFrom('state', 'code', 'error', 'iss', 'scope', '__proto__');
    const values = fc.oneof(fc.string(), fc.constantFrom(STATE, ISSUER, 'access_denied', ''));
    const queries = fc.array(fc.tuple(names, values), { maxLength: 6 });
    fc.assert(
      fc.property(queries, (pairs) => {
        const result = read(new URLSearchParams(pairs).toString());
        if (typeof result === 'string') assert.ok(result in PAGE_FOR);
        else assert.match(result.ticket, /^[A-Za-z0-9_-]{43}$/);
      }),
    );
  });
});
