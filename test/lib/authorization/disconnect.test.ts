import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { disconnectPerson } from '../../../src/lib/authorization/disconnect.ts';
import { createPersonTokens } from '../../../src/lib/authorization/person-tokens.ts';
import { requestId, spaceName, userName } from '../../../src/lib/names.ts';
import type { Grant } from '../../../src/lib/store/store.ts';
import { NOW, serverAt } from './authorization-server.ts';
import { type FakeGoogle, startFakeGoogle } from './fake-google.ts';
import { type LocalStore, openLocalStore } from './local-store.ts';

const ANA = userName.parse('users/101');
const TICKET_HASH = 'a'.repeat(64);
const REFRESH_TOKEN = '1//refresh-token-of-ana';
const never = new AbortController().signal;

let google: FakeGoogle;
let local: LocalStore;
before(async () => {
  google = await startFakeGoogle();
});
after(() => google.close());
beforeEach(() => {
  local = openLocalStore();
  google.posts.length = 0;
});
afterEach(async () => {
  google.answerWith('/revoke', undefined);
  await local.close();
});

function parts() {
  const { store, sealer } = local;
  const server = serverAt(google);
  return {
    store,
    sealer,
    server,
    tokens: createPersonTokens({ server, sealer, clock: () => NOW }),
  };
}

describe('disconnecting', () => {
  it('revokes the grant at Google and forgets the person', async () => {
    const grant = await connect();
    const deps = parts();
    await deps.tokens.accessToken(grant, never);
    const outcome = await disconnectPerson(deps, ANA, NOW, never);
    assert.deepEqual(outcome, { wasConnected: true, revoked: true });
    assert.equal(await local.store.grants.get(ANA), undefined);
    assert.deepEqual(google.posts.at(-1)?.form, { token: REFRESH_TOKEN });
    await assert.rejects(deps.tokens.accessToken(grant, never), { code: 'grant_revoked' });
  });

  it('forgets the person also when Google can’t be told', async () => {
    await connect();
    google.answerWith('/revoke', { status: 503 });
    const outcome = await disconnectPerson(parts(), ANA, NOW, never);
    assert.deepEqual(outcome, { wasConnected: true, revoked: false });
    assert.equal(await local.store.grants.get(ANA), undefined);
  });

  it('forgets the person also when their token no longer opens', async () => {
    await connect('users/102');
    const outcome = await disconnectPerson(parts(), ANA, NOW, never);
    assert.deepEqual(outcome, { wasConnected: true, revoked: false });
    assert.equal(await local.store.grants.get(ANA), undefined);
    assert.equal(google.posts.length, 0);
  });

  it('ends the open consents of a person who was not connected', async () => {
    await openConsent();
    const outcome = await disconnectPerson(parts(), ANA, NOW, never);
    assert.deepEqual(outcome, { wasConnected: false, revoked: false });
    assert.equal(await local.store.consents.get(TICKET_HASH), undefined);
    assert.equal(google.posts.length, 0);
  });
});

async function openConsent(): Promise<void> {
  const secret = await local.sealer.seal('secret', { collection: 'consents', owner: ANA });
  await local.store.consents.open({
    ticketHash: TICKET_HASH,
    user: ANA,
    space: spaceName.parse('spaces/AAA'),
    requestId: requestId.parse('1'.repeat(64)),
    scopes: ['openid'],
    verifier: secret,
    nonce: secret,
    createdAt: NOW,
    expiresAt: NOW + 1000,
  });
}

/** @param sealedFor another owner makes it a token that doesn't open */
async function connect(sealedFor: string = ANA): Promise<Grant> {
  google.addRefreshToken(REFRESH_TOKEN);
  const context = { collection: 'grants', owner: sealedFor } as const;
  const refreshToken = await local.sealer.seal(REFRESH_TOKEN, context);
  await openConsent();
  const grant = { user: ANA, refreshToken, scopes: ['openid'], grantedAt: NOW };
  assert.equal(await local.store.consents.complete(TICKET_HASH, grant, NOW), 'completed');
  const saved = await local.store.grants.get(ANA);
  assert.ok(saved);
  return saved;
}
