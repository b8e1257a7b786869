import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { KmsError } from '../../../src/lib/errors.ts';
import { clientOf, KEY, keyNamed, setScene, withKeyFile } from './scene.ts';

const SECRET = Buffer.from('thirty-two bytes, as keys have..');
const BOUND = Buffer.from('installation one');

withKeyFile();

async function refusedAs(code: KmsError['code'], call: Promise<unknown>): Promise<KmsError> {
  const error = await call.then(
    () => assert.fail('it was not refused'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof KmsError);
  assert.equal(error.code, code);
  assert.equal(error.retryable, true);
  assert.equal(error.cause, undefined);
  assert.ok(!error.message.includes(SECRET.toString('base64')));
  return error;
}

describe('a key in Cloud KMS', () => {
  it('decrypts what it has encrypted, and only for the same installation', async (t) => {
    const { kms } = await setScene(t);
    const ciphertext = await kms.encrypt(KEY, SECRET, BOUND);
    assert.equal(ciphertext.includes(SECRET), false);
    assert.deepEqual(await kms.decrypt(KEY, ciphertext, BOUND), SECRET);
    assert.equal(await kms.decrypt(KEY, ciphertext, Buffer.from('another')), undefined);
  });

  it('does not decrypt what another key has encrypted, nor what was altered', async (t) => {
    const { kms, google } = await setScene(t);
    google.keys.create(keyNamed('other'));
    const ciphertext = await kms.encrypt(KEY, SECRET, BOUND);
    assert.equal(await kms.decrypt(keyNamed('other'), ciphertext, BOUND), undefined);
    ciphertext.writeUInt8(ciphertext.readUInt8(20) ^ 1, 20);
    assert.equal(await kms.decrypt(KEY, ciphertext, BOUND), undefined);
  });

  it('decrypts after a rotation what an older version has encrypted', async (t) => {
    const { kms, google } = await setScene(t);
    const ciphertext = await kms.encrypt(KEY, SECRET, BOUND);
    google.keys.rotate(KEY);
    assert.deepEqual(await kms.decrypt(KEY, ciphertext, BOUND), SECRET);
  });

  it('is asked again, twice and with growing pauses, while Cloud KMS is out of order', async (t) => {
    const { kms, google, pauses } = await setScene(t);
    google.trouble = 'unavailable';
    await refusedAs('kms_unavailable', kms.encrypt(KEY, SECRET, BOUND));
    assert.deepEqual(google.calls, ['encrypt', 'encrypt', 'encrypt']);
    assert.deepEqual(pauses, [500, 1000]);
  });

  it('is not believed when its answer was altered on the way', async (t) => {
    const { kms, google } = await setScene(t);
    const ciphertext = await kms.encrypt(KEY, SECRET, BOUND);
    google.trouble = 'altered';
    await refusedAs('kms_unavailable', kms.encrypt(KEY, SECRET, BOUND));
    await refusedAs('kms_unavailable', kms.decrypt(KEY, ciphertext, BOUND));
    google.trouble = undefined;
    assert.deepEqual(await kms.decrypt(KEY, ciphertext, BOUND), SECRET);
  });

  it('that nobody answers for can’t be asked', async () => {
    const error = await refusedAs(
      'kms_unavailable',
      clientOf('http://127.0.0.1:9').encrypt(KEY, SECRET, BOUND),
    );
    assert.match(error.message, /cloudkms\.googleapis\.com/);
  });

  it('that isn’t there is told by its name, at once', async (t) => {
    const { kms, pauses } = await setScene(t);
    const error = await refusedAs('kms_rejected', kms.encrypt(keyNamed('nobody-s'), SECRET, BOUND));
    assert.match(error.message, /cryptoKeys\/nobody-s .*HTTP 404, NOT_FOUND.*Check its name/);
    assert.deepEqual(pauses, []);
  });

  it('that the account may not use is told with the role that it lacks', async (t) => {
    const { kms, google } = await setScene(t);
    google.keys.allow(KEY, ['Encrypt']);
    const ciphertext = await kms.encrypt(KEY, SECRET, BOUND);
    const error = await refusedAs('kms_rejected', kms.decrypt(KEY, ciphertext, BOUND));
    assert.match(error.message, /HTTP 403.*roles\/cloudkms\.cryptoKeyEncrypterDecrypter/);
  });

  for (const state of ['DISABLED', 'DESTROY_SCHEDULED', 'DESTROYED'] as const) {
    it(`that is ${state} is told, and is not mistaken for an altered value`, async (t) => {
      const { kms, google } = await setScene(t);
      const ciphertext = await kms.encrypt(KEY, SECRET, BOUND);
      google.keys.setState(KEY, state);
      for (const call of [kms.encrypt(KEY, SECRET, BOUND), kms.decrypt(KEY, ciphertext, BOUND)]) {
        const error = await refusedAs('kms_rejected', call);
        assert.match(error.message, /FAILED_PRECONDITION.*disabled or destroyed/);
      }
    });
  }
});
