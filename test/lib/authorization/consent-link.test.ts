import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { REDIRECT_URI } from './fake-google.ts';
import { ANA, openScene } from './scene.ts';

const { google, serverWith } = await openScene();

describe('a consent link', () => {
  const request = {
    ticket: 'the-ticket',
    challenge: 'the-challenge',
    nonce: 'the-nonce',
    scopes: ['openid', 'https://www.googleapis.com/auth/chat.messages.create'],
    user: ANA,
  };
  const parameters = {
    response_type: 'code',
    client_id: '1234-abc.apps.googleusercontent.com',
    redirect_uri: REDIRECT_URI,
    scope: 'openid https://www.googleapis.com/auth/chat.messages.create',
    access_type: 'offline',
    prompt: 'consent',
    include_granted_scopes: 'true',
    login_hint: '101',
    state: 'the-ticket',
    nonce: 'the-nonce',
    code_challenge: 'the-challenge',
    code_challenge_method: 'S256',
  };

  it('leads straight to Google, with all that the callback will check', () => {
    const url = new URL(serverWith().consentUrl(request));
    assert.equal(url.origin + url.pathname, google.client.authUri);
    assert.deepEqual(Object.fromEntries(url.searchParams), parameters);
  });

  it('proposes nobody, when it may be anybody', () => {
    const url = new URL(serverWith().consentUrl({ ...request, user: undefined }));
    const { login_hint, ...others } = parameters;
    assert.equal(login_hint, '101');
    assert.deepEqual(Object.fromEntries(url.searchParams), others);
  });

  it('proposes accounts of the domain, when there is one', () => {
    const url = new URL(serverWith({ allowedDomain: 'example.com' }).consentUrl(request));
    assert.deepEqual(Object.fromEntries(url.searchParams), { ...parameters, hd: 'example.com' });
  });
});
