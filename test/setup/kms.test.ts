import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inNewProject, OAUTH_WEB, SUBSCRIBER } from './new-project.ts';

describe('set-up, of a key in Cloud KMS,', () => {
  const { project, setUp } = inNewProject();

  it('makes a key of Cloud KMS where it is told to, for both processes and nobody else', async () => {
    const { code, out } = await setUp('--location=eur3', '--kms=europe-west1');
    assert.equal(code, 0, out);
    assert.ok(project().enabled.has('cloudkms.googleapis.com'));
    const name = 'projects/P/locations/europe-west1/keyRings/postern/cryptoKeys/postern';
    assert.deepEqual(
      [...project().kms.keys],
      [
        [
          name,
          {
            purpose: 'ENCRYPT_DECRYPT',
            rotationPeriod: '7776000s',
            nextRotationTime: '2027-01-30T00:00:00.000Z',
            policy: {
              etag: 'k0++',
              version: 3,
              bindings: [
                {
                  role: 'roles/cloudkms.cryptoKeyEncrypterDecrypter',
                  members: [SUBSCRIBER, OAUTH_WEB],
                },
              ],
            },
          },
        ],
      ],
    );
    assert.match(
      out,
      /TOKEN_KEYS=kms:projects\/new\/locations\/europe-west1\/keyRings\/postern\/cryptoKeys\/postern/,
    );
    const again = await setUp('--location=eur3', '--kms=europe-west1');
    assert.match(again.out, /Nothing to make or change\./);
    assert.equal(project().kms.keys.get(name)?.policy.etag, 'k0++');
  });

  it('makes no key, and no ring, without being told to', async () => {
    const { out } = await setUp('--location=eur3');
    assert.match(out, /TOKEN_KEYS=k1:…/);
    assert.equal(project().kms.rings.size, 0);
    assert.equal(project().enabled.has('cloudkms.googleapis.com'), false);
  });

  it('mends a key that is not rotated, and leaves alone one for something else', async () => {
    await setUp('--location=eur3', '--kms=europe-west1');
    const [key] = project().kms.keys.values();
    assert.ok(key);
    key.rotationPeriod = '31536000s';
    assert.match(
      (await setUp('--kms=europe-west1', '--plan')).out,
      /~ the key postern, rotated every 7776000s/,
    );
    await setUp('--kms=europe-west1');
    assert.equal(key.rotationPeriod, '7776000s');
    key.purpose = 'MAC';
    const { code, out } = await setUp('--kms=europe-west1');
    assert.equal(code, 1);
    assert.match(out, /✗ the key postern\n +→ There is a key of this name for something else/);
  });
});
