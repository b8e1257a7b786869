import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { type Consents, createConsents } from '../../../src/lib/authorization/consent.ts';
import { CHAT_MESSAGES_CREATE } from '../../../src/lib/authorization/scopes.ts';
import { hashTicket, ticket } from '../../../src/lib/authorization/ticket.ts';
import { requestId, spaceName, userName } from '../../../src/lib/names.ts';
import { NOW, serverAt } from './authorization-server.ts';
import { REDIRECT_URI } from './fake-google.ts';
import { CLIENT_ID } from './id-tokens.ts';
import { type LocalStore, openLocalStore } from './local-store.ts';

const HOUR = 3_600_000;
const question = {
  user: userName.parse('users/101'),
  space: spaceName.parse('spaces/AAA'),
  requestId: requestId.parse('1'.repeat(64)),
  scopes: [CHAT_MESSAGES_CREATE],
  now: NOW,
};
const otherRequest = requestId.parse('2'.repeat(64));

const server = serverAt({
  client: {
    clientId: CLIENT_ID,
    clientSecret: 'secret',
    kind: 'web',
    redirectUris: [REDIRECT_URI],
    authUri: 'https://accounts.google.com/o/oauth2/auth',
    tokenUri: 'https://oauth2.googleapis.com/token',
    certsUrl: 'https://www.googleapis.com/oauth2/v1/certs',
  },
  revokeUrl: 'https://oauth2.googleapis.com/revoke',
});

let local: LocalStore;
let consents: Consents;
beforeEach(() => {
  local = openLocalStore();
  consents = createConsents({ store: local.store, sealer: local.sealer, server, randomBytes });
});
afterEach(() => local.close());

describe('asking for a consent', () => {
  it('makes a link that works for an hour', async () => {
    const { expiresAt } = await ask();
    assert.equal(expiresAt, NOW + HOUR);
  });

  it('asks for what is needed, and who the person is, each once', async () => {
    const { link } = await ask({ scopes: [CHAT_MESSAGES_CREATE, 'openid', CHAT_MESSAGES_CREATE] });
    assert.equal(link.get('scope'), `openid ${CHAT_MESSAGES_CREATE}`);
  });

  it('records it under the hash of a 256-bit ticket, with secrets that only their owner opens', async () => {
    const { link } = await ask();
    const state = ticket.parse(link.get('state'));
    const consent = await local.store.consents.get(hashTicket(state));
    assert.ok(consent);
    assert.deepEqual(
      { ...consent, verifier: undefined, nonce: undefined },
      {
        ticketHash: createHash('sha256').update(state).digest('hex'),
        user: question.user,
        space: question.space,
        requestId: question.requestId,
        scopes: ['openid', CHAT_MESSAGES_CREATE],
        verifier: undefined,
        nonce: undefined,
        status: 'pending',
        createdAt: NOW,
        expiresAt: NOW + HOUR,
      },
    );
    const context = { collection: 'consents', owner: question.user } as const;
    const verifier = await local.sealer.open(consent.verifier, context);
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    assert.match(verifier, /^[\w-]{43}$/);
    assert.equal(link.get('code_challenge'), challenge);
    assert.equal(await local.sealer.open(consent.nonce, context), link.get('nonce'));
  });

  it('keeps neither ticket, verifier nor nonce readable in the store', async () => {
    const { link } = await ask();
    await local.store.close();
    const file = readFileSync(local.path).toString('latin1');
    assert.ok(file.includes(question.user));
    for (const name of ['state', 'nonce', 'code_challenge']) {
      assert.ok(!file.includes(link.get(name) ?? name), name);
    }
  });

  it('never makes the same link twice', async () => {
    const one = await ask();
    const other = await ask({ space: spaceName.parse('spaces/BBB') });
    for (const name of ['state', 'nonce', 'code_challenge']) {
      assert.notEqual(one.link.get(name), other.link.get(name), name);
    }
  });

  it('opens no second link for another request of the person in the space', async () => {
    await ask();
    const second = await consents.ask({ ...question, requestId: otherRequest });
    assert.deepEqual(second, { opened: false });
  });

  it('opens another one for the same request, in another space, or when the first has expired', async () => {
    await ask();
    await ask();
    await ask({ requestId: otherRequest, space: spaceName.parse('spaces/BBB') });
    await ask({ requestId: otherRequest, now: NOW + HOUR });
  });
});

async function ask(change: Partial<typeof question> = {}) {
  const answer = await consents.ask({ ...question, ...change });
  assert.ok(answer.opened);
  return { expiresAt: answer.expiresAt, link: new URL(answer.url).searchParams };
}
