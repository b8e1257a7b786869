import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { idempotencyKeys, OWN_MESSAGE_PREFIX } from '../../../src/lib/chat/idempotency.ts';
import { requestId, userName } from '../../../src/lib/names.ts';

const steps = fc.record({
  step: fc.record({
    requestId: fc.stringMatching(/^[0-9a-f]{64}$/).map((id) => requestId.parse(id)),
    step: fc.string(),
  }),
  principal: fc.oneof(
    fc.constant('app' as const),
    fc.stringMatching(/^users\/[\w.@+-]{1,30}$/).map((name) => userName.parse(name)),
  ),
});

describe('the identifiers of a message', () => {
  it('stay the same from release to release, so that an upgrade posts nothing twice', () => {
    const step = { requestId: requestId.parse('ab'.repeat(32)), step: 'answer' };
    assert.deepEqual(idempotencyKeys(step, 'app'), {
      messageId: 'client-postern-b754f51096e1542474716345dcb4232de1612d48',
      requestId: 'e1612d48-3306-8322-8af4-f36762d95d12',
    });
  });

  it('have the form that Chat asks for', () => {
    fc.assert(
      fc.property(steps, ({ step, principal }) => {
        const keys = idempotencyKeys(step, principal);
        assert.match(keys.messageId, /^client-[a-z0-9-]{1,56}$/);
        assert.ok(keys.messageId.startsWith(OWN_MESSAGE_PREFIX));
        assert.match(
          keys.requestId,
          /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
        );
      }),
    );
  });

  it('are the same for the same request, step and principal, and differ when one of them does', () => {
    fc.assert(
      fc.property(steps, steps, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other);
        const first = idempotencyKeys(one.step, one.principal);
        const second = idempotencyKeys(other.step, other.principal);
        assert.deepEqual(idempotencyKeys({ ...one.step }, one.principal), first);
        assert.equal(first.messageId === second.messageId, same);
        assert.equal(first.requestId === second.requestId, same);
      }),
    );
  });

  it('name the message by its key, if it has one, and the request by the request', () => {
    const one = requestId.parse('0'.repeat(64));
    const other = requestId.parse('1'.repeat(64));
    const keys = (id: typeof one, key: string) =>
      idempotencyKeys({ requestId: id, step: 'notification', key }, 'app');
    assert.deepEqual(keys(one, 'build'), keys(one, 'build'));
    assert.equal(keys(other, 'build').messageId, keys(one, 'build').messageId);
    assert.notEqual(keys(other, 'build').requestId, keys(one, 'build').requestId);
    assert.notEqual(keys(one, 'deploy').messageId, keys(one, 'build').messageId);
    assert.equal(
      keys(one, 'build').messageId,
      'client-postern-766a80db0e1737cf09bb448db5e20f23161a594b',
      'the same from release to release',
    );
  });

  it("don't mix up where one part ends and the next begins", () => {
    const id = requestId.parse('0'.repeat(64));
    const user = userName.parse('users/1');
    const variants = [
      idempotencyKeys({ requestId: id, step: 'a' }, user),
      idempotencyKeys({ requestId: id, step: 'a' }, 'app'),
      idempotencyKeys({ requestId: id, step: 'a","users/1' }, 'app'),
      idempotencyKeys({ requestId: id, step: '' }, 'app'),
    ];
    assert.equal(new Set(variants.map((keys) => keys.messageId)).size, variants.length);
    assert.equal(new Set(variants.map((keys) => keys.requestId)).size, variants.length);
  });
});
