import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StoreError } from '../../../../src/lib/errors.ts';
import { answered, toStoreError } from '../../../../src/lib/store/firestore/errors.ts';

const grpcError = (code: number) =>
  Object.assign(new Error('projects/p/databases/d/documents/grants/users-1'), { code });

const hints: Record<string, [code: number, hint: RegExp]> = {
  CANCELLED: [1, /pass/],
  UNKNOWN: [2, /pass/],
  DEADLINE_EXCEEDED: [4, /pass/],
  NOT_FOUND: [5, /database named in STORE exists/],
  PERMISSION_DENIED: [7, /roles\/datastore\.user/],
  RESOURCE_EXHAUSTED: [8, /pass/],
  FAILED_PRECONDITION: [9, /native mode/],
  ABORTED: [10, /pass/],
  INTERNAL: [13, /pass/],
  UNAVAILABLE: [14, /pass/],
  UNAUTHENTICATED: [16, /credentials/],
};
for (const [name, [code, hint]] of Object.entries(hints)) {
  test(`${name} is a store that does not answer, with a hint and without what the server said`, () => {
    const cause = grpcError(code);
    const error = toStoreError(cause);
    assert.ok(error instanceof StoreError);
    assert.equal(error.code, 'store_unavailable');
    assert.equal(error.retryable, true);
    assert.match(error.message, hint);
    assert.doesNotMatch(error.message, /users-1/);
    assert.equal(error.cause, cause);
  });
}

test('missing credentials are a store that does not answer', () => {
  const error = toStoreError(new Error('Could not load the default credentials.'));
  assert.ok(error instanceof StoreError);
  assert.match(error.message, /GOOGLE_APPLICATION_CREDENTIALS/);
});

for (const [what, error] of Object.entries({
  'a request that Firestore can’t take': grpcError(3),
  'a mistake in our code': new TypeError('x is not a function'),
  'an error of ours': new StoreError('store_corrupt', 'A record is not as Postern writes it'),
})) {
  test(`${what} stays what it is`, () => {
    assert.equal(toStoreError(error), error);
  });
}

test('nobody waits longer than the deadline', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const waiting = answered(() => new Promise<never>(() => {}), 15_000);
  t.mock.timers.tick(15_000);
  await assert.rejects(waiting, { code: 'store_unavailable', message: /No answer in 15000 ms/ });
});

test('an answer in time is passed on', async () => {
  assert.equal(await answered(async () => 'an answer', 15_000), 'an answer');
});
