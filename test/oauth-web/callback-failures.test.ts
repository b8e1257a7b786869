import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
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

function refusal(error: string): Answer {
  return { status: 401, body: JSON.stringify({ error }) };
}
