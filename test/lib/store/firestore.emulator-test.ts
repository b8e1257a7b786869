import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, type TestContext, test } from 'node:test';
import { Firestore, Timestamp } from '@google-cloud/firestore';
import { days } from '../../../src/lib/clock.ts';
import { openFirestoreStore } from '../../../src/lib/store/firestore/firestore-store.ts';
import type { Store } from '../../../src/lib/store/store.ts';
import { type Emulator, startFirestoreEmulator } from '../../support/emulators.ts';
import {
  ADA,
  aConsent,
  aWait,
  claimed,
  claiming,
  consent,
  ended,
  parked,
  parking,
  request,
  statusOf,
  ticket,
} from './contract/fixture.ts';
import { describeStore } from './store-contract.ts';

let emulator: Emulator;
before(async () => {
  emulator = await startFirestoreEmulator();
  process.env['FIRESTORE_EMULATOR_HOST'] = emulator.host;
});
after(() => emulator.stop());

const freshProject = () => `p-${randomUUID()}`;

async function openIn(t: TestContext, projectId: string): Promise<Store> {
  const store = await openFirestoreStore({ projectId, database: 'auth-data' });
  t.after(() => store.close());
  return store;
}

/** Firestore itself, to look at documents behind the store's back. */
function lookInto(t: TestContext, projectId: string): Firestore {
  const firestore = new Firestore({ projectId, databaseId: 'auth-data' });
  t.after(() => firestore.terminate());
  return firestore;
}

const inParallel = 4;
describeStore(
  'the store in Firestore',
  async (t) => {
    const projectId = freshProject();
    return {
      store: await openIn(t, projectId),
      another: () => openIn(t, projectId),
      async damage(user, { ticketHash, id }) {
        const firestore = lookInto(t, projectId);
        const grant = `grants/${user.replace('/', '-')}`;
        await firestore.doc(grant).update({ refreshToken: 'in-clear' });
        await firestore.doc(`consents/${ticketHash}`).update({ nonce: 'in-clear' });
        await firestore.doc(`requests/${id}`).update({ 'waited.payload': 'in-clear' });
      },
    };
  },
  inParallel,
);

test('documents say when Firestore may delete them', async (t) => {
  const projectId = freshProject();
  const store = await openIn(t, projectId);
  await store.consents.open(aConsent());
  const { lease } = await claimed(store, 'a');
  const firestore = lookInto(t, projectId);
  const expireAt = async (document: string): Promise<unknown> =>
    (await firestore.doc(document).get()).get('expireAt');

  const path = `requests/${request('a')}`;
  assert.deepEqual(await expireAt(path), Timestamp.fromMillis(claiming().expiresAt));
  await store.requests.park(lease, aWait(), parking());
  assert.deepEqual(await expireAt(path), Timestamp.fromMillis(parking().expiresAt));
  const consentStays = Timestamp.fromMillis(aConsent().expiresAt + days(1));
  assert.deepEqual(await expireAt(`consents/${ticket('a')}`), consentStays);
});

test('a request that has ended holds nothing of its person, unless it was kept', async (t) => {
  const projectId = freshProject();
  const store = await openIn(t, projectId);
  await ended(store);

  const firestore = lookInto(t, projectId);
  const fields = async (name: string) => {
    const document = await firestore.doc(`requests/${request(name)}`).get();
    return Object.keys(document.data() ?? {}).sort();
  };
  const always = ['endedAt', 'expireAt', 'expiresAt', 'failures', 'outcome', 'state'];
  assert.deepEqual(await fields('ended'), always);
  assert.deepEqual(await fields('cancelled'), always);
  assert.deepEqual(await fields('kept'), [...always, 'waited']);
});

test('an expired request is replaced by a new one, of which nothing old is left', async (t) => {
  const projectId = freshProject();
  const store = await openIn(t, projectId);
  await parked(store, 'a');
  await claimed(store, 'a', parking().expiresAt);
  const document = await lookInto(t, projectId)
    .doc(`requests/${request('a')}`)
    .get();
  assert.equal(document.get('waited'), undefined);
  assert.equal(await statusOf(store, 'a', parking().expiresAt), 'busy');
});

test('a document that was changed by hand is named by its fields, not by its values', async (t) => {
  const projectId = freshProject();
  const store = await openIn(t, projectId);
  await consent(store);
  const document = lookInto(t, projectId).doc('grants/users-100000000000000000001');
  await document.update({ refreshToken: '1//in-clear' });
  await assert.rejects(store.grants.get(ADA), (error: unknown) => {
    assert.match(String(error), /"grants".*refreshToken/);
    assert.doesNotMatch(String(error), /in-clear/);
    return true;
  });
});

test('a Firestore that is there answers', async (t) => {
  await (await openIn(t, freshProject())).ping();
});
