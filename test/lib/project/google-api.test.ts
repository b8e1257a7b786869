import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { GoogleAuth, OAuth2Client } from 'google-auth-library';
import { z } from 'zod';
import { createGoogleApi } from '../../../src/lib/project/google-api.ts';
import { type LocalServer, serveLocally } from '../../support/local-server.ts';

const TOKEN = 'ya29.an-access-token';

function signedIn(): GoogleAuth {
  const authClient = new OAuth2Client();
  authClient.setCredentials({ access_token: TOKEN });
  return new GoogleAuth({ authClient });
}

describe('Google’s REST APIs', () => {
  const api = createGoogleApi(signedIn());
  const asked: string[] = [];
  let server: LocalServer;
  before(async () => {
    server = await serveLocally((request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
      const status = Number(/\d{3}$/.exec(request.url ?? '')?.[0] ?? 200);
      const error = { code: status, message: 'Secret words.', status: 'PERMISSION_DENIED' };
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(JSON.stringify(status === 200 ? { name: 'found' } : { error }));
    });
  });
  after(() => server.close());
  const content = z.object({ name: z.string() });

  it('are asked with the caller’s token', async () => {
    assert.deepEqual(await api.get(`${server.url}/thing`, content), {
      kind: 'answer',
      value: { name: 'found' },
    });
    assert.deepEqual(asked.at(-1), `GET /thing Bearer ${TOKEN}`);
    await api.send('PATCH', `${server.url}/thing`, { a: 1 }, content);
    assert.deepEqual(asked.at(-1), `PATCH /thing Bearer ${TOKEN}`);
  });

  it('refuse with a status and a reason, of which nothing else is kept', async () => {
    const refused = await api.get(`${server.url}/403`, content);
    assert.deepEqual(refused, { kind: 'refused', status: 403, reason: 'PERMISSION_DENIED' });
  });

  it('are asked once, also when they are out of order', async () => {
    const before = asked.length;
    const refused = await api.get(`${server.url}/503`, content);
    assert.equal(refused.kind === 'refused' && refused.status, 503);
    assert.equal(asked.length, before + 1);
  });

  it('may answer what isn’t understood', async () => {
    const refused = await api.get(`${server.url}/thing`, z.object({ other: z.string() }));
    assert.equal(refused.kind, 'refused');
  });

  it('may not be reached', async () => {
    const refused = await api.get('http://127.0.0.1:1/', content);
    assert.deepEqual(refused, { kind: 'refused', status: undefined, reason: 'ECONNREFUSED' });
  });
});
