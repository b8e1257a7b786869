import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CHAT_MESSAGES_CREATE } from '../../src/lib/authorization/scopes.ts';
import { KmsError, SealError } from '../../src/lib/errors.ts';
import type { Answer } from '../lib/authorization/fake-google.ts';
import { isPage, openCallbackScene } from './callback-scene.ts';
import { ana } from './scene.ts';

const scene = await openCallbackScene();
const { logs, nothingStored, stillWorks } = scene;

describe('an ID token that is not to be trusted', () => {
  const wrong: [what: string, claims: Record<string, unknown>][] = [
    ['of another nonce', { nonce: 'of-another-link' }],
    ['for another client', { aud: 'another-client' }],
    ['of another issuer', { iss: 'https://accounts.example.com' }],
    ['that has expired', { exp: 1 }],
  ];
  for (const [what, claims] of wrong) {
    it(`${what} connects nobody`, async () => {
      const url = await scene.ask();
      isPage(
        await scene.comeBack(scene.google.consent(url, ana({ claims }))),
        400,
        'This didn’t work',
      );
      logs('id-token-invalid');
      await nothingStored();
      await stillWorks(url);
    });
  }
});

describe('when Google', () => {
  const outages: [what: string, path: '/token' | '/certs', answer: Answer, reason: string][] = [
    ['is down', '/token', { status: 503 }, 'google-unavailable'],
    ['cuts the connection', '/token', 'cut', 'google-unavailable'],
    ['rejects our client', '/token', refusal('invalid_client'), 'client-rejected'],
    ['answers nonsense', '/token', { status: 200, body: '<html>' }, 'google-answer-invalid'],
    ['gives no certificates', '/certs', { status: 404 }, 'google-unavailable'],
  ];
  for (const [what, path, answer, reason] of outages) {
    it(`${what}, the person may try again later, and the code was sent once`, async () => {
      const url = await scene.ask();
      const query = scene.google.consent(url, ana());
      scene.google.answerWith(path, answer);
      isPage(await scene.comeBack(query), 503, 'Please try again in a moment');
      logs(reason, 'ERROR');
      assert.equal(scene.google.posts.length, 1);
      await nothingStored();
      scene.google.answerWith(path, undefined);
      await stillWorks(url);
    });
  }
});

describe('when the store does not answer', () => {
  it('at the ticket, the code is not sent to Google', async () => {
    const url = await scene.ask();
    const query = scene.google.consent(url, ana());
    scene.failAt('get');
    isPage(await scene.comeBack(query), 503, 'Please try again in a moment');
    logs('store-unavailable', 'ERROR');
    assert.equal(scene.google.posts.length, 0);
    scene.failAt(undefined);
    isPage(await scene.comeBack(query), 200, 'You’re connected');
  });

  it('at the grant, the link still works', async () => {
    const url = await scene.ask();
    scene.failAt('complete');
    const page = await scene.comeBack(scene.google.consent(url, ana()));
    isPage(page, 503, 'Please try again in a moment');
    logs('store-unavailable', 'ERROR');
    scene.failAt(undefined);
    await stillWorks(url);
  });
});

describe('a ticket whose secrets can’t be opened', () => {
  const GONE: [what: string, error: SealError][] = [
    ['because their key is gone', new SealError('seal_unknown_key', 'Put the key back.')],
    ['because they were altered', new SealError('seal_broken', 'It does not decrypt.')],
  ];
  for (const [what, error] of GONE) {
    it(`${what}, leads to no call to Google, and works again when they can`, async (t) => {
      const url = await scene.ask();
      const query = scene.google.consent(url, ana());
      const { mock } = t.mock.method(scene.local.sealer, 'open', () => Promise.reject(error));
      isPage(await scene.comeBack(query), 410, 'This link doesn’t work any more');
      logs('ticket-unreadable');
      assert.equal(scene.google.posts.length, 0);
      await nothingStored();
      mock.restore();
      await stillWorks(url);
    });
  }

  for (const code of ['kms_unavailable', 'kms_rejected'] as const) {
    it(`now, by ${code}, leads to no call to Google, and works again when they can`, async (t) => {
      const url = await scene.ask();
      const query = scene.google.consent(url, ana());
      const error = new KmsError(code, 'Cloud KMS can’t serve us.');
      const { mock } = t.mock.method(scene.local.sealer, 'open', () => Promise.reject(error));
      isPage(await scene.comeBack(query), 503, 'Please try again in a moment');
      logs('keys-unavailable', 'ERROR');
      assert.equal(scene.google.posts.length, 0);
      await nothingStored();
      mock.restore();
      await stillWorks(url);
    });
  }

  it('in their own places connects nobody: each was changed for the other', async (t) => {
    const { get } = scene.local.store.consents;
    const url = await scene.ask();
    const { mock } = t.mock.method(scene.local.store.consents, 'get', async (hash: string) => {
      const consent = await get(hash);
      return consent && { ...consent, verifier: consent.nonce, nonce: consent.verifier };
    });
    isPage(await scene.comeBack(scene.google.consent(url, ana())), 400, 'This didn’t work');
    logs('code-rejected');
    await nothingStored();
    mock.restore();
    await stillWorks(url);
  });
});

describe('a token endpoint that lies', () => {
  const lies: [what: string, body: Record<string, unknown>, reason: string][] = [
    ['about whose tokens they are', { id_token: 'of.somebody.else' }, 'id-token-invalid'],
    ['with a line break in a token', { refresh_token: '1//a\r\nX: y' }, 'google-answer-invalid'],
    ['with tokens that are lists', { refresh_token: ['1//a'] }, 'google-answer-invalid'],
    ['with scopes that are a list', { scope: [CHAT_MESSAGES_CREATE] }, 'google-answer-invalid'],
  ];
  for (const [what, lie, reason] of lies) {
    it(`${what} connects nobody`, async () => {
      const url = await scene.ask();
      const honest = { id_token: 'a.b.c', refresh_token: '1//a', scope: CHAT_MESSAGES_CREATE };
      const query = scene.google.consent(url, ana());
      scene.google.answerWith('/token', {
        status: 200,
        body: JSON.stringify({ ...honest, ...lie }),
      });
      assert.ok((await scene.comeBack(query)).status >= 400);
      logs(reason);
      await nothingStored();
      scene.google.answerWith('/token', undefined);
      await stillWorks(url);
    });
  }
});

function refusal(error: string): Answer {
  return { status: 401, body: JSON.stringify({ error }) };
}
