import assert from 'node:assert/strict';
import { test } from 'node:test';
import { userName } from '../../../../src/lib/names.ts';
import { aConsent, consent, type OpenFixture, parked, request, ticket } from './fixture.ts';
import { everyPage } from './pages.ts';

const COLLECTIONS = ['grants', 'consents', 'requests'] as const;
const NAMES = ['1', '2', '3', '4', '5'];

export function damagedContract(open: OpenFixture): void {
  test('a record that was changed by hand hides no other from a list, and is named', async (t) => {
    const { store, damage } = await open(t);
    for (const name of NAMES) {
      const user = userName.parse(`users/${name}`);
      await consent(store, user);
      const pending = { user, ticketHash: ticket(name), requestId: request(name) };
      await store.consents.open(aConsent(pending));
      await parked(store, name);
    }
    await damage('users/2', { ticketHash: ticket('2'), id: request('2') });

    const { administration } = store;
    const keys = { grants: 'users.2', consents: ticket('2'), requests: request('2') };
    const lists = [
      ['grants', await everyPage((page) => administration.listGrants(page))],
      [
        'requests',
        await everyPage((page) => administration.listRequests({ state: 'waiting' }, page)),
      ],
      ...(await Promise.all(
        COLLECTIONS.map(
          async (name) =>
            [name, await everyPage((page) => administration.listSealed(name, page))] as const,
        ),
      )),
    ] as const;
    for (const [collection, { records, corrupt }] of lists) {
      assert.equal(records.length, NAMES.length - 1, collection);
      assert.equal(corrupt.length, 1, collection);
      assert.match(corrupt[0]?.key ?? '', new RegExp(`^${keys[collection]}$`));
      assert.match(corrupt[0]?.message ?? '', new RegExp(`"${collection}"`));
      assert.doesNotMatch(corrupt[0]?.message ?? '', /in-clear/);
    }
  });
}
