import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minutes } from '../../../../src/lib/clock.ts';
import type { Store } from '../../../../src/lib/store/store.ts';
import {
  ADA,
  aConsent,
  aGrant,
  aWait,
  claimed,
  consent,
  NOW,
  type OpenFixture,
  parking,
  request,
  seal,
  takeDue,
  ticket,
} from './fixture.ts';

const NEW_TOKEN = seal('the newer token');
const ROUNDS = 2;

/** What a subscriber does when Google says that the grant is dead: it ends what it has seen, and asks the person again. */
async function giveUpGrant(store: Store, version: number, name: string, now: number) {
  const { lease } = await claimed(store, name, now);
  await store.grants.delete(ADA, version);
  return await store.requests.park(lease, aWait(), parking({ seenGrantVersion: 0, now }));
}

/** What oauth-web does when the person has consented again. */
async function consentAgain(store: Store, name: string, now: number): Promise<void> {
  const ticketHash = ticket(name);
  const expiresAt = now + minutes(1);
  await store.consents.open(
    aConsent({ ticketHash, requestId: request(ticketHash), createdAt: now, expiresAt }),
  );
  const grant = aGrant({ refreshToken: NEW_TOKEN, grantedAt: now });
  assert.equal(await store.consents.complete(ticketHash, grant, now), 'completed');
}

/** A refresh that fails, of a grant that a newer consent replaces meanwhile. */
export function reconsentContract(open: OpenFixture): void {
  const orders: Record<
    string,
    (first: () => Promise<unknown>, second: () => Promise<unknown>) => Promise<unknown>
  > = {
    'the refresh fails first': async (refresh, newer) => {
      await refresh();
      await newer();
    },
    'the consent comes first': async (refresh, newer) => {
      await newer();
      await refresh();
    },
    'both come at once': (refresh, newer) => Promise.all([refresh(), newer()]),
  };
  for (const [order, run] of Object.entries(orders)) {
    test(`a newer consent outlives the grant that it replaces, and carries out what failed: ${order}`, async (t) => {
      const { store, another } = await open(t);
      const web = await another();
      for (let round = 0; round < ROUNDS; round++) {
        const name = `${order} ${round}`;
        const now = NOW + minutes(round);
        const old = await consent(store, ADA, now);
        await run(
          () => giveUpGrant(store, old, name, now + 1),
          () => consentAgain(web, name, now + 1),
        );
        const grant = await store.grants.get(ADA);
        assert.equal(grant?.refreshToken, NEW_TOKEN);
        assert.ok(grant.version > old);
        assert.deepEqual(await takeDue(store, now + 1), [request(name)]);
        const { lease } = await claimed(store, name, now + 1);
        await store.requests.complete(lease, { outcome: 'answered', now: now + 1 });
      }
    });
  }

  test('of many workers that end the same grant at once, none ends the newer one', async (t) => {
    const { store, another } = await open(t);
    const other = await another();
    const old = await consent(store, ADA, NOW);
    const ending = Array.from({ length: 10 }, (_, worker) =>
      (worker % 2 === 0 ? store : other).grants.delete(ADA, old),
    );
    await Promise.all([...ending, consentAgain(other, 'newer', NOW + 1)]);
    assert.ok((await Promise.all(ending)).filter((ended) => ended).length <= 1);
    assert.equal((await store.grants.get(ADA))?.refreshToken, NEW_TOKEN);
  });
}
