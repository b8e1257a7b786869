import assert from 'node:assert/strict';
import { generateKeyPairSync, verify } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { chat } from '@googleapis/chat';
import { z } from 'zod';
import { createAppAuth } from '../../../src/lib/authorization/app-credentials.ts';
import { type LocalServer, serveLocally } from '../../support/local-server.ts';

const token = z.looseObject({ iat: z.number(), exp: z.number() });
const ACCOUNT = 'postern@my-project.iam.gserviceaccount.com';
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

let folder: string;
let local: LocalServer;
const bearers: (string | undefined)[] = [];

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'postern-'));
  process.env['GOOGLE_APPLICATION_CREDENTIALS'] = join(folder, 'key.json');
  writeFileSync(
    join(folder, 'key.json'),
    JSON.stringify({
      type: 'service_account',
      project_id: 'my-project',
      private_key_id: 'key-1',
      private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
      client_email: ACCOUNT,
      token_uri: 'https://oauth2.googleapis.com/token',
    }),
  );
  local = await serveLocally((request, response) => {
    bearers.push(request.headers.authorization);
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
  });
});
after(async () => {
  delete process.env['GOOGLE_APPLICATION_CREDENTIALS'];
  rmSync(folder, { recursive: true });
  await local.close();
});

describe('the app’s credentials, with a key file', () => {
  it('are one self-signed token for every call, with no call to anybody but the Chat API', async () => {
    let opened = 0;
    let received = 0;
    const onOpened = (): void => {
      opened += 1;
    };
    subscribe('net.client.socket', onOpened);
    local.server.on('connection', () => {
      received += 1;
    });
    try {
      const client = chat({ version: 'v1', auth: createAppAuth(), rootUrl: local.url });
      await client.spaces.messages.create({ parent: 'spaces/A', requestBody: { text: 'one' } });
      await client.spaces.messages.create({ parent: 'spaces/B', requestBody: { text: 'two' } });
    } finally {
      unsubscribe('net.client.socket', onOpened);
    }
    assert.equal(bearers.length, 2);
    assert.equal(bearers[0], bearers[1]);
    assert.ok(opened > 0);
    assert.equal(opened, received);
  });

  it('speak for the service account, with the scope of a Chat app', () => {
    const [header = '', payload = '', signature = ''] = (bearers[0] ?? '').slice(7).split('.');
    assert.ok(
      verify(
        'RSA-SHA256',
        Buffer.from(`${header}.${payload}`),
        publicKey,
        Buffer.from(signature, 'base64url'),
      ),
    );
    const { iat, exp, ...claims } = token.parse(
      JSON.parse(Buffer.from(payload, 'base64url').toString()),
    );
    assert.equal(exp - iat, 3600);
    assert.deepEqual(claims, {
      iss: ACCOUNT,
      sub: ACCOUNT,
      scope: 'https://www.googleapis.com/auth/chat.bot',
    });
  });
});
