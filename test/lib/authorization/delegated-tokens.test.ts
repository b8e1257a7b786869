import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import { createAssertionSigner } from '../../../src/lib/authorization/assertion-signer.ts';
import { createDelegatedTokens } from '../../../src/lib/authorization/delegated-tokens.ts';
import { hours, minutes } from '../../../src/lib/clock.ts';
import { PosternError } from '../../../src/lib/errors.ts';
import {
  ANA,
  BRUNO,
  CREATE,
  READ,
  SERVICE_ACCOUNT,
  SERVICE_KEY_PEM,
  startAccounts,
} from '../../simulator/accounts/harness.ts';
import { type Answer, startScriptedServer } from '../chat/scripted-server.ts';
import { recordLog } from '../telemetry/recorded-log.ts';

const never = new AbortController().signal;
const CLIENT_ID = '100000000000000000007';
const ana = { email: ANA.email, scopes: [CREATE] };

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'postern-'));
  const file = {
    type: 'service_account',
    project_id: 'my-project',
    client_email: SERVICE_ACCOUNT.clientEmail,
    client_id: CLIENT_ID,
    private_key_id: SERVICE_ACCOUNT.keyId,
    private_key: SERVICE_KEY_PEM,
  };
  writeFileSync(join(folder, 'key.json'), JSON.stringify(file));
  process.env['GOOGLE_APPLICATION_CREDENTIALS'] = join(folder, 'key.json');
});
after(() => {
  delete process.env['GOOGLE_APPLICATION_CREDENTIALS'];
  rmSync(folder, { recursive: true });
});

interface Setting {
  url: string;
  /** Undefined: the key file signs. */
  account?: string;
  clock?: () => number;
}

function delegate({ url, account, clock = Date.now }: Setting) {
  const { log, lines } = recordLog();
  const signer = createAssertionSigner({ account, iamCredentialsUrl: url, timeoutMs: 5000 });
  const tokenUrl = `${url}/token`;
  return {
    tokens: createDelegatedTokens({ signer, tokenUrl, clock, timeoutMs: 5000, log }),
    lines,
  };
}

for (const [how, account] of [
  ['signed with the key file', undefined],
  ['signed by IAM', SERVICE_ACCOUNT.clientEmail],
] as const) {
  describe(`a delegated token, ${how}`, () => {
    const setting = (url: string) => (account === undefined ? { url } : { url, account });

    it('is the person’s, for the scopes asked for and no others', async () => {
      await using google = await startAccounts();
      const token = await delegate(setting(google.url)).tokens.accessToken(ana, never);
      assert.deepEqual(google.accounts.authenticate(token), {
        kind: 'person',
        userName: `users/${ANA.id}`,
        scopes: [CREATE],
      });
    });

    it('is refused for people of other domains: the operator is told what to allow to whom', async () => {
      await using google = await startAccounts();
      const { tokens, lines } = delegate(setting(google.url));
      const bruno = { email: BRUNO.email, scopes: [CREATE, READ] };
      await assert.rejects(tokens.accessToken(bruno, never), { code: 'delegation_not_allowed' });
      const [line, ...more] = lines;
      assert.deepEqual(more, []);
      assert.equal(line?.['severity'], 'ERROR');
      assert.equal(line['serviceAccount'], SERVICE_ACCOUNT.clientEmail);
      assert.equal(line['clientId'], CLIENT_ID);
      assert.equal(line['scopes'], `${CREATE} ${READ}`);
      assert.ok(!JSON.stringify(line).includes(BRUNO.email));
    });

    it('is refused for nobody', async () => {
      await using google = await startAccounts();
      const { tokens } = delegate(setting(google.url));
      const nobody = { ...ana, email: 'nobody@example.com' };
      await assert.rejects(tokens.accessToken(nobody, never), {
        code: 'delegation_person_refused',
      });
    });

    it('waits for this machine’s clock to be put right', async () => {
      await using google = await startAccounts();
      const { tokens } = delegate({ ...setting(google.url), clock: () => Date.now() - hours(3) });
      await assert.rejects(tokens.accessToken(ana, never), {
        code: 'oauth_client_rejected',
        retryable: true,
      });
    });
  });
}

describe('delegated tokens', () => {
  it('are fetched once for all who ask at the same time, and kept until a minute before they expire', async (t) => {
    let now = Date.now();
    const server = await startScriptedServer(t, ...['one', 'two'].map(granted));
    const { tokens } = delegate({ url: server.url, clock: () => now });
    const all = Array.from({ length: 20 }, () => tokens.accessToken(ana, never));
    assert.deepEqual(new Set(await Promise.all(all)), new Set(['one']));
    now += minutes(58);
    assert.equal(await tokens.accessToken(ana, never), 'one');
    now += minutes(1);
    assert.equal(await tokens.accessToken(ana, never), 'two');
    assert.equal(server.requests.length, 2);
  });

  it('are kept apart by person and by scopes, whatever the scopes’ order', async (t) => {
    const server = await startScriptedServer(t, ...['one', 'two', 'three'].map(granted));
    const { tokens } = delegate({ url: server.url });
    const fetchAs = (email: string, ...scopes: string[]) =>
      tokens.accessToken({ email, scopes }, never);
    assert.equal(await fetchAs(ANA.email, CREATE), 'one');
    assert.equal(await fetchAs(ANA.email, CREATE, READ), 'two');
    assert.equal(await fetchAs(BRUNO.email, CREATE), 'three');
    assert.equal(await fetchAs(ANA.email, READ, CREATE), 'two');
  });

  it('are fetched anew once dropped', async (t) => {
    const server = await startScriptedServer(t, ...['one', 'two'].map(granted));
    const { tokens } = delegate({ url: server.url });
    await tokens.accessToken(ana, never);
    tokens.drop(ana);
    assert.equal(await tokens.accessToken(ana, never), 'two');
  });

  it('are not to be had where IAM doesn’t sign, and what it says stays out of the error', async (t) => {
    for (const [status, code] of [
      [401, 'oauth_client_rejected'],
      [403, 'oauth_client_rejected'],
      [404, 'oauth_client_rejected'],
      [200, 'oauth_client_rejected'],
      [429, 'oauth_unavailable'],
      [503, 'oauth_unavailable'],
    ] as const) {
      const server = await startScriptedServer(t, { status, body: { error: 'SECRET' } });
      const { tokens } = delegate({ url: server.url, account: 'other@p.iam.gserviceaccount.com' });
      const error = await failure(t, tokens.accessToken(ana, never));
      assert.deepEqual([error.code, error.retryable], [code, true], String(status));
      assert.match(
        server.requests[0]?.path ?? '',
        /serviceAccounts\/other(@|%40)p\.iam.*:signJwt$/,
      );
    }
  });

  for (const [what, answer, code, retryable] of [
    ['unauthorized_client', refused(401, 'unauthorized_client'), 'delegation_not_allowed', false],
    ['access_denied', refused(403, 'access_denied'), 'delegation_not_allowed', false],
    [
      'an unknown person',
      refused(400, 'invalid_grant', 'Invalid email or User ID'),
      'delegation_person_refused',
      false,
    ],
    [
      'a person without a description',
      refused(400, 'invalid_grant'),
      'delegation_person_refused',
      false,
    ],
    [
      'a deleted key',
      refused(400, 'invalid_grant', 'Invalid JWT Signature.'),
      'oauth_client_rejected',
      true,
    ],
    ['a deleted account', refused(401, 'deleted_client'), 'oauth_client_rejected', true],
    ['a mistyped scope', refused(400, 'invalid_scope'), 'oauth_response_invalid', false],
    ['no JSON', { status: 403, body: '<html>SECRET' }, 'oauth_response_invalid', false],
    ['no token', { status: 200, body: { expires_in: 5 } }, 'oauth_response_invalid', false],
    ['too many', refused(429, 'rate_limit_exceeded'), 'oauth_unavailable', true],
    ['an outage', { status: 503, body: 'SECRET' }, 'oauth_unavailable', true],
    ['a cut connection', 'cut', 'oauth_unavailable', true],
  ] satisfies [string, Answer, string, boolean][]) {
    it(`tell ${what} from other refusals, after one post, and repeat nothing of it`, async (t) => {
      const server = await startScriptedServer(t, answer);
      const error = await failure(t, delegate({ url: server.url }).tokens.accessToken(ana, never));
      assert.deepEqual([error.code, error.retryable], [code, retryable]);
      assert.equal(server.requests.length, 1);
    });
  }
});

function granted(token: string): Answer {
  return { body: { access_token: token, expires_in: 3600, token_type: 'Bearer' } };
}

function refused(status: number, error: string, description?: string): Answer {
  return { status, body: { error, error_description: description, secret: 'SECRET' } };
}

/** What it rejects with: one of ours, with nothing in it that somebody sent. */
async function failure(t: TestContext, failing: Promise<unknown>): Promise<PosternError> {
  const error: unknown = await failing.then(
    () => assert.fail('not refused'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof PosternError, t.name);
  assert.equal(error.cause, undefined);
  for (const secret of ['SECRET', 'eyJ', ANA.email])
    assert.ok(!String(error.stack).includes(secret));
  return error;
}
