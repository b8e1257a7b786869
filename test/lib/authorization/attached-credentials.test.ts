import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, it, type TestContext } from 'node:test';
import { createAssertionSigner } from '../../../src/lib/authorization/assertion-signer.ts';

const EMAIL = 'attached@my-project.iam.gserviceaccount.com';
const VARIABLES = [
  'GOOGLE_APPLICATION_CREDENTIALS',
  'CLOUDSDK_CONFIG',
  'GCE_METADATA_HOST',
  'METADATA_SERVER_DETECTION',
] as const;
const never = new AbortController().signal;

let folder: string;
const before: Record<string, string | undefined> = {};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postern-'));
  for (const name of VARIABLES) before[name] = process.env[name];
  delete process.env['GOOGLE_APPLICATION_CREDENTIALS'];
  process.env['CLOUDSDK_CONFIG'] = folder;
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  for (const name of VARIABLES) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
});

/** A metadata server, and an IAM that signs for its account. */
async function startAttached(t: TestContext) {
  const asked: string[] = [];
  const answers: Record<string, string> = {
    '/computeMetadata/v1/instance/service-accounts/default/email': EMAIL,
    '/computeMetadata/v1/instance/service-accounts/default/token':
      '{"access_token":"ya29.attached","expires_in":3600,"token_type":"Bearer"}',
    '/computeMetadata/v1/universe/universe-domain': 'googleapis.com',
    '/computeMetadata/v1/project/project-id': 'my-project',
    [`/v1/projects/-/serviceAccounts/${encodeURIComponent(EMAIL)}:signJwt`]:
      '{"signedJwt":"a.b.c"}',
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname.endsWith(':signJwt')) asked.push(request.headers.authorization ?? '');
    const answer = answers[pathname];
    response.writeHead(answer === undefined ? 404 : 200, {
      'Metadata-Flavor': 'Google',
      'Content-Type': answer?.startsWith('{') ? 'application/json' : 'application/text',
    });
    response.end(answer ?? '');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  return { host: `127.0.0.1:${address.port}`, asked };
}

it('has IAM sign for the account that is attached, with that account’s token', async (t) => {
  const { host, asked } = await startAttached(t);
  process.env['GCE_METADATA_HOST'] = host;
  process.env['METADATA_SERVER_DETECTION'] = 'assume-present';
  const signer = createAssertionSigner({
    account: undefined,
    iamCredentialsUrl: `http://${host}`,
    timeoutMs: 30_000,
  });
  assert.equal(await signer.sign({ sub: 'ana@example.com' }, never), 'a.b.c');
  assert.deepEqual(asked, ['Bearer ya29.attached']);
  assert.deepEqual(await signer.account(), { email: EMAIL, clientId: undefined });
});

for (const [what, file] of [
  ['no credentials', undefined],
  ['a key file that is no JSON', '{"private_key": "SECRET'],
  [
    'a key that is none',
    JSON.stringify({ type: 'service_account', client_email: EMAIL, private_key: 'SECRET' }),
  ],
] as const) {
  it(`waits to be mended with ${what}, and tells nothing of it`, async () => {
    process.env['METADATA_SERVER_DETECTION'] = 'none';
    if (file !== undefined) {
      writeFileSync(join(folder, 'key.json'), file);
      process.env['GOOGLE_APPLICATION_CREDENTIALS'] = join(folder, 'key.json');
    }
    const iamCredentialsUrl = 'http://127.0.0.1:9';
    const signer = createAssertionSigner({
      account: undefined,
      iamCredentialsUrl,
      timeoutMs: 30_000,
    });
    await assert.rejects(signer.sign({ sub: 'ana@example.com' }, never), (error: Error) => {
      assert.ok(!String(error.stack).includes('SECRET'));
      assert.equal(error.cause, undefined);
      return 'code' in error && error.code === 'oauth_client_rejected';
    });
  });
}
