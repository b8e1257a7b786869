import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { SealError } from '../../../src/lib/errors.ts';
import { createKeyring } from '../../../src/lib/store/keyring.ts';
import { sealed } from '../../../src/lib/store/records.ts';
import type { SealContext, Sealed } from '../../../src/lib/store/sealer.ts';
import type { LocalKey } from '../../../src/lib/store/token-keys.ts';

const aKey = (id: string, material = id): LocalKey => ({
  id,
  key: createHash('sha256').update(material).digest(),
});
const aRing = (keys: readonly LocalKey[] = [aKey('first')], clientId = 'client-1') =>
  createKeyring({ keys, clientId });

const SECRET = '1//a-refresh-token';
const CONTEXT: SealContext = { collection: 'grants', owner: 'users/1' };

const refusedAs = (code: string) => (error: unknown) =>
  error instanceof SealError && error.code === code && !error.message.includes(SECRET);

/** The sealed value with one of its bytes changed. */
function tampered(value: Sealed, index: number): Sealed {
  const [version, keyId, text = ''] = value.split('.');
  const box = Buffer.from(text, 'base64url');
  box.writeUInt8(box.readUInt8(index) ^ 1, index);
  return sealed.parse(`${version}.${keyId}.${box.toString('base64url')}`);
}

test('a secret opens where it belongs', async () => {
  const ring = aRing();
  const value = await ring.seal(SECRET, CONTEXT);
  assert.match(value, /^v1\.first\.[\w-]+$/);
  assert.equal(await ring.open(value, CONTEXT), SECRET);
});

test('any secret of any owner opens again, and only for that owner', async () => {
  const ring = aRing();
  const context = fc.record({
    collection: fc.constantFrom('grants', 'consents', 'requests'),
    owner: fc.string({ unit: 'binary' }),
  });
  const secret = fc.string({ unit: 'grapheme' });
  await fc.assert(
    fc.asyncProperty(secret, context, context, async (text, mine, other) => {
      const value = await ring.seal(text, mine);
      assert.equal(await ring.open(value, mine), text);
      if (mine.owner === other.owner && mine.collection === other.collection) return;
      await assert.rejects(ring.open(value, other), refusedAs('seal_broken'));
    }),
  );
});

test('the same secret never looks the same', async () => {
  const ring = aRing();
  assert.notEqual(await ring.seal(SECRET, CONTEXT), await ring.seal(SECRET, CONTEXT));
});

test('a sealed value does not hold the secret in clear', async () => {
  const value = await aRing().seal(SECRET, CONTEXT);
  const box = Buffer.from(value.split('.')[2] ?? '', 'base64url');
  assert.equal(box.length, 12 + SECRET.length + 16);
  assert.equal(box.includes(SECRET), false);
});

test('a change of any byte is noticed: of the IV, the ciphertext and the tag', async () => {
  const ring = aRing();
  const value = await ring.seal(SECRET, CONTEXT);
  for (let index = 0; index < 12 + SECRET.length + 16; index++) {
    await assert.rejects(ring.open(tampered(value, index), CONTEXT), refusedAs('seal_broken'));
  }
});

test('a value that is cut short anywhere does not open', async () => {
  const ring = aRing();
  const value = await ring.seal(SECRET, CONTEXT);
  for (let length = 'v1.first.x'.length; length < value.length; length++) {
    const cut = sealed.parse(value.slice(0, length));
    await assert.rejects(ring.open(cut, CONTEXT), refusedAs('seal_broken'));
  }
});

test('a value with something behind it does not open', async () => {
  const ring = aRing();
  const value = await ring.seal(SECRET, CONTEXT);
  await assert.rejects(ring.open(sealed.parse(`${value}A`), CONTEXT), refusedAs('seal_broken'));
});

const misplaced: Record<string, SealContext> = {
  'for another owner': { ...CONTEXT, owner: 'users/2' },
  'in another collection': { ...CONTEXT, collection: 'consents' },
};
for (const [where, context] of Object.entries(misplaced)) {
  test(`a secret does not open ${where}`, async () => {
    const ring = aRing();
    const value = await ring.seal(SECRET, CONTEXT);
    await assert.rejects(ring.open(value, context), refusedAs('seal_broken'));
  });
}

test('a secret does not open for another OAuth client', async () => {
  const value = await aRing([aKey('first')], 'client-1').seal(SECRET, CONTEXT);
  const other = aRing([aKey('first')], 'client-2');
  await assert.rejects(other.open(value, CONTEXT), refusedAs('seal_broken'));
});

test('a secret does not open under another key, nor under another name of its key', async () => {
  const value = await aRing([aKey('first')]).seal(SECRET, CONTEXT);
  const replaced = aRing([aKey('first', 'something else')]);
  await assert.rejects(replaced.open(value, CONTEXT), refusedAs('seal_broken'));

  const renamed = sealed.parse(value.replace('first', 'second'));
  const both = aRing([aKey('first'), aKey('second', 'first')]);
  await assert.rejects(both.open(renamed, CONTEXT), refusedAs('seal_broken'));
});

test('after a rotation the new key encrypts, and old secrets open while their key is there', async () => {
  const old = await aRing([aKey('old')]).seal(SECRET, CONTEXT);
  const rotated = aRing([aKey('new'), aKey('old')]);
  assert.match(await rotated.seal(SECRET, CONTEXT), /^v1\.new\./);
  assert.equal(await rotated.open(old, CONTEXT), SECRET);
});

test('a secret whose key is gone names the key and the remedy', async () => {
  const old = await aRing([aKey('old')]).seal(SECRET, CONTEXT);
  await assert.rejects(aRing([aKey('new')]).open(old, CONTEXT), (error: unknown) => {
    assert.ok(refusedAs('seal_unknown_key')(error));
    assert.match(String(error), /"old".*TOKEN_KEYS/);
    return true;
  });
});

test('a keyring refuses to be without keys, or with one of another length', () => {
  assert.throws(() => aRing([]), RangeError);
  assert.throws(() => aRing([{ id: 'short', key: Buffer.alloc(16) }]), RangeError);
});
