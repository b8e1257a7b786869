import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { GoogleAuth } from 'google-auth-library';
import { z } from 'zod';
import { bearerFor } from '../../../src/lib/authorization/bearer.ts';
import { CHAT_BOT, CLOUD_KMS } from '../../../src/lib/authorization/scopes.ts';
import { crc32c } from '../../../src/lib/kms/crc32c.ts';
import { KEY, keyNamed, setScene, withKeyFile } from '../../lib/kms/scene.ts';

withKeyFile();

const PLAINTEXT = Buffer.from('a data key');
const plaintext = PLAINTEXT.toString('base64');

const answer = z.object({
  ciphertext: z.string().optional(),
  verifiedPlaintextCrc32c: z.boolean().optional(),
  error: z.object({ code: z.number(), status: z.string(), message: z.string() }).optional(),
});

/** Google takes more than our own types do. */
interface How {
  method?: string;
  key?: string;
  scope?: string;
}

async function open(t: TestContext) {
  const scene = await setScene(t);
  return {
    ...scene,
    async post(body: object, { method = 'encrypt', key = KEY, scope = CLOUD_KMS }: How = {}) {
      const auth = new GoogleAuth({ scopes: [scope] });
      auth.useJWTAccessWithScope = true;
      auth.defaultServicePath = 'cloudkms.googleapis.com';
      const authorization = (await bearerFor(auth, scene.url)) ?? '';
      const response = await fetch(`${scene.url}/v1/${key}:${method}`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return answer.parse(await response.json());
    },
  };
}

describe('the simulated Cloud KMS', () => {
  it('says whether a checksum came along and was right', async (t) => {
    const { post } = await open(t);
    const plaintextCrc32c = String(crc32c(PLAINTEXT));
    assert.equal((await post({ plaintext, plaintextCrc32c })).verifiedPlaintextCrc32c, true);
    assert.equal((await post({ plaintext })).verifiedPlaintextCrc32c, undefined);
  });

  const refusals = [
    ['a wrong checksum', { plaintext, plaintextCrc32c: '1' }, {}, 400, 'INVALID_ARGUMENT'],
    ['a field that it doesn’t know', { plaintext, text: '' }, {}, 400, 'INVALID_ARGUMENT'],
    ['what is no base64', { plaintext: '%' }, {}, 400, 'INVALID_ARGUMENT'],
    ['more than 64 KiB', { plaintext: 'A'.repeat(90_000) }, {}, 400, 'INVALID_ARGUMENT'],
    ['a token for something else', { plaintext }, { scope: CHAT_BOT }, 403, 'PERMISSION_DENIED'],
    ['a key that isn’t there', { plaintext }, { key: keyNamed('other') }, 404, 'NOT_FOUND'],
    [
      'a ciphertext of nobody’s',
      { ciphertext: plaintext },
      { method: 'decrypt' },
      400,
      'INVALID_ARGUMENT',
    ],
  ] as const;
  for (const [what, body, how, code, status] of refusals) {
    it(`refuses ${what}`, async (t) => {
      const { post } = await open(t);
      const { error } = await post(body, how);
      assert.deepEqual([error?.code, error?.status], [code, status]);
    });
  }

  it('refuses strangers', async (t) => {
    const { url } = await open(t);
    const response = await fetch(`${url}/v1/${KEY}:encrypt`, { method: 'POST' });
    assert.equal(response.status, 401);
  });
});
