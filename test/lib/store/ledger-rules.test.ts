import assert from 'node:assert/strict';
import { test } from 'node:test';
import { claim } from '../../../src/lib/store/ledger-rules.ts';
import { claiming, NOW, request } from './contract/fixture.ts';

const lease = { requestId: request('a'), token: 'token', until: NOW + 1000 };

test('who claims a request and loses the answer gets the same lease when the call is sent again', () => {
  const first = claim(undefined, lease, claiming());
  assert.deepEqual(claim(first.next, lease, claiming()), first);
});

test('a claim says what to write, and only when there is something to write', () => {
  const first = claim(undefined, lease, claiming());
  assert.equal(first.next?.state, 'running');
  const other = { ...lease, token: 'another' };
  assert.deepEqual(claim(first.next, other, claiming()), { answer: { status: 'busy' } });
});
