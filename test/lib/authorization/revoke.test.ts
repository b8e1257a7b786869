import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { never, openScene, REFRESH_TOKEN } from './scene.ts';

const { google, serverWith, rejects } = await openScene();

describe('revoking', () => {
  it('posts the token in the body, never in the URL', async () => {
    await serverWith().revoke(REFRESH_TOKEN, never);
    assert.deepEqual(google.posts, [
      { path: '/revoke', search: '', form: { token: REFRESH_TOKEN } },
    ]);
    await rejects(serverWith().refresh(REFRESH_TOKEN, never), 'grant_revoked');
  });

  it('is content with a token that is dead already', async () => {
    await serverWith().revoke('1//unknown', never);
  });

  it('fails when Google fails', async () => {
    google.answerWith('/revoke', { status: 503 });
    await rejects(serverWith().revoke(REFRESH_TOKEN, never), 'oauth_unavailable');
    google.answerWith('/revoke', { status: 400, body: 'what?' });
    await rejects(serverWith().revoke(REFRESH_TOKEN, never), 'oauth_response_invalid');
  });
});
