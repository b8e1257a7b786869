import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hours } from '../../../../src/lib/clock.ts';
import {
  ADA,
  aConsent,
  aGrant,
  BOB,
  HALL,
  NOW,
  type OpenFixture,
  request,
  seal,
  ticket,
} from './fixture.ts';

const WHEN_EXPIRED = NOW + hours(1);
const otherRequest = { ticketHash: ticket('b'), requestId: request('b') };

export function consentContract(open: OpenFixture): void {
  test('a consent is read as it was opened', async (t) => {
    const { store } = await open(t);
    assert.equal(await store.consents.open(aConsent()), 'opened');
    assert.deepEqual(await store.consents.get(ticket('a')), { ...aConsent(), status: 'pending' });
    assert.equal(await store.consents.get(ticket('b')), undefined);
  });

  test('a second request in the same space does not open a second prompt', async (t) => {
    const { store } = await open(t);
    await store.consents.open(aConsent());
    assert.equal(await store.consents.open(aConsent(otherRequest)), 'already-open');
    assert.equal(await store.consents.get(ticket('b')), undefined);
    assert.equal((await store.consents.get(ticket('a')))?.status, 'pending');
  });

  test('the same request opens its prompt anew, and both links work', async (t) => {
    const { store } = await open(t);
    await store.consents.open(aConsent());
    assert.equal(await store.consents.open(aConsent({ ticketHash: ticket('b') })), 'opened');
    assert.equal((await store.consents.get(ticket('a')))?.status, 'pending');
    assert.equal(await store.consents.complete(ticket('b'), aGrant(), NOW), 'completed');
    assert.equal(await store.consents.complete(ticket('a'), aGrant(), NOW), 'already-used');
  });

  test('once its prompt has expired, the same request leaves nothing of it', async (t) => {
    const { store } = await open(t);
    await store.consents.open(aConsent());
    const later = { createdAt: WHEN_EXPIRED, expiresAt: WHEN_EXPIRED + hours(1) };
    await store.consents.open(aConsent({ ...later, ticketHash: ticket('b') }));
    assert.equal(await store.consents.get(ticket('a')), undefined);
  });

  const opensBeside: Record<string, Parameters<typeof aConsent>[0]> = {
    'in another space': { space: HALL },
    'for another person': { user: BOB },
    'once the first has expired': { createdAt: WHEN_EXPIRED, expiresAt: WHEN_EXPIRED + hours(1) },
  };
  for (const [when, change] of Object.entries(opensBeside)) {
    test(`a second prompt opens ${when}`, async (t) => {
      const { store } = await open(t);
      await store.consents.open(aConsent());
      assert.equal(await store.consents.open(aConsent({ ...otherRequest, ...change })), 'opened');
      assert.equal((await store.consents.get(ticket('a')))?.status, 'pending');
    });
  }

  test('a second prompt opens once the first has been used', async (t) => {
    const { store } = await open(t);
    await store.consents.open(aConsent());
    await store.consents.complete(ticket('a'), aGrant(), NOW);
    assert.equal(await store.consents.open(aConsent(otherRequest)), 'opened');
  });

  test('a prompt is still open the millisecond before it expires', async (t) => {
    const { store } = await open(t);
    await store.consents.open(aConsent());
    const createdAt = WHEN_EXPIRED - 1;
    const second = aConsent({ ...otherRequest, createdAt, expiresAt: createdAt + hours(1) });
    assert.equal(await store.consents.open(second), 'already-open');
  });

  test('of two requests that open a prompt at the same time exactly one does', async (t) => {
    const { store, another } = await open(t);
    const other = await another();
    const results = await Promise.all([
      store.consents.open(aConsent()),
      other.consents.open(aConsent(otherRequest)),
    ]);
    assert.deepEqual(results.sort(), ['already-open', 'opened']);
    const kept = await Promise.all(
      [ticket('a'), ticket('b')].map((hash) => store.consents.get(hash)),
    );
    assert.equal(kept.filter((consent) => consent !== undefined).length, 1);
  });

  test('a completed consent is used, and its grant is there', async (t) => {
    const { store } = await open(t);
    await store.consents.open(aConsent());
    assert.equal(await store.consents.complete(ticket('a'), aGrant(), NOW), 'completed');
    assert.equal((await store.consents.get(ticket('a')))?.status, 'used');
    assert.deepEqual(await store.grants.get(ADA), { ...aGrant(), version: NOW, lastUsedAt: NOW });
  });

  test('of twenty concurrent callbacks exactly one completes the consent', async (t) => {
    const { store, another } = await open(t);
    const other = await another();
    await store.consents.open(aConsent());
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        (n % 2 === 0 ? store : other).consents.complete(
          ticket('a'),
          aGrant({ refreshToken: seal(`token ${n}`) }),
          NOW,
        ),
      ),
    );
    const winner = results.indexOf('completed');
    assert.deepEqual(
      results,
      results.map((_, n) => (n === winner ? 'completed' : 'already-used')),
    );
    assert.equal((await store.grants.get(ADA))?.refreshToken, seal(`token ${winner}`));
  });

  test('of two concurrent callbacks for two tickets of a person exactly one completes', async (t) => {
    const { store, another } = await open(t);
    const other = await another();
    await store.consents.open(aConsent());
    await store.consents.open(aConsent({ ...otherRequest, space: HALL }));
    const results = await Promise.all([
      store.consents.complete(ticket('a'), aGrant(), NOW),
      other.consents.complete(ticket('b'), aGrant(), NOW),
    ]);
    assert.deepEqual(results.sort(), ['already-used', 'completed']);
  });

  test('completing one ticket uses up the other ones of the person, and nobody else’s', async (t) => {
    const { store } = await open(t);
    await store.consents.open(aConsent());
    await store.consents.open(aConsent({ ...otherRequest, space: HALL }));
    await store.consents.open(aConsent({ ticketHash: ticket('bob'), user: BOB }));
    await store.consents.complete(ticket('a'), aGrant(), NOW);
    assert.equal(await store.consents.complete(ticket('b'), aGrant(), NOW), 'already-used');
    assert.equal((await store.consents.get(ticket('bob')))?.status, 'pending');
    assert.equal(await store.grants.get(BOB), undefined);
  });

  test('a consent is completed until the millisecond before it expires', async (t) => {
    const { store } = await open(t);
    await store.consents.open(aConsent());
    assert.equal(await store.consents.complete(ticket('a'), aGrant(), WHEN_EXPIRED), 'expired');
    assert.equal(await store.grants.get(ADA), undefined);
    assert.equal(
      await store.consents.complete(ticket('a'), aGrant(), WHEN_EXPIRED - 1),
      'completed',
    );
  });

  test('a ticket that nobody knows completes nothing', async (t) => {
    const { store } = await open(t);
    assert.equal(await store.consents.complete(ticket('a'), aGrant(), NOW), 'unknown');
    assert.equal(await store.grants.get(ADA), undefined);
  });

  test('a ticket does not take the grant of another person', async (t) => {
    const { store } = await open(t);
    await store.consents.open(aConsent());
    const foreign = aGrant({ user: BOB });
    assert.equal(await store.consents.complete(ticket('a'), foreign, NOW), 'unknown');
    assert.equal(await store.grants.get(BOB), undefined);
    assert.equal((await store.consents.get(ticket('a')))?.status, 'pending');
  });
}
