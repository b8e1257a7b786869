import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { z } from 'zod';
import { days } from '../../../src/lib/clock.ts';
import { KmsError, SealError } from '../../../src/lib/errors.ts';
import { keyIdOfName } from '../../../src/lib/kms/key-name.ts';
import { createKeyring } from '../../../src/lib/store/keyring.ts';
import { keyIdOf, type SealContext, type Sealed } from '../../../src/lib/store/sealer.ts';
import type { TokenKey } from '../../../src/lib/store/token-keys.ts';
import { KEY, keyNamed, type Scene, setScene, withKeyFile } from '../kms/scene.ts';

const SECRET = '1//a-refresh-token';
const CONTEXT: SealContext = { collection: 'grants', owner: 'users/1' };
const IN_KMS = { id: keyIdOfName(KEY), name: KEY };
const LOCAL = { id: 'old', key: Buffer.alloc(32, 1) };

withKeyFile();

/** Whoever can write to the store can write anything. */
const planted = (text: string): Sealed => z.custom<Sealed>().parse(text);

async function open(t: TestContext) {
  const scene = await setScene(t);
  let now = days(20_000);
  return {
    ...scene,
    ring: (keys: readonly TokenKey[] = [IN_KMS], clientId = 'client-1') =>
      createKeyring({ keys, clientId, kms: scene.kms, clock: () => now }),
    pass: (ms: number) => {
      now += ms;
    },
  };
}

const refusedAs = (code: string) => (error: unknown) =>
  (error instanceof SealError || error instanceof KmsError) && error.code === code;

describe('a keyring with a key in Cloud KMS', () => {
  it('seals what opens again, in this process and in another', async (t) => {
    const { ring } = await open(t);
    const value = await ring().seal(SECRET, CONTEXT);
    assert.match(value, /^v2\.kms-[0-9a-f]{8}\.[\w-]+\.[\w-]+$/);
    assert.equal(keyIdOf(value), IN_KMS.id);
    assert.equal(await ring().open(value, CONTEXT), SECRET);
  });

  it('asks Cloud KMS once a day for a data key, however much it seals and opens', async (t) => {
    const { ring, google, pass } = await open(t);
    const one = ring();
    const values = await Promise.all(Array.from({ length: 50 }, () => one.seal(SECRET, CONTEXT)));
    for (const value of values) await one.open(value, CONTEXT);
    assert.deepEqual(google.calls, ['encrypt', 'decrypt']);
    pass(days(1));
    const next = await one.seal(SECRET, CONTEXT);
    assert.deepEqual(google.calls, ['encrypt', 'decrypt', 'encrypt', 'decrypt']);
    assert.notEqual(next.split('.')[2], values[0]?.split('.')[2]);
  });

  it('asks once a day for a data key of another process', async (t) => {
    const { ring, google, pass } = await open(t);
    const value = await ring().seal(SECRET, CONTEXT);
    const other = ring();
    const asked = google.calls.length;
    await Promise.all([other.open(value, CONTEXT), other.open(value, CONTEXT)]);
    await other.open(value, CONTEXT);
    assert.equal(google.calls.length, asked + 1);
    pass(days(1) + 1);
    await other.open(value, CONTEXT);
    assert.equal(google.calls.length, asked + 2);
  });

  it('remembers no failure', async (t) => {
    const { ring, google } = await open(t);
    const value = await ring().seal(SECRET, CONTEXT);
    const later = ring();
    google.trouble = 'unavailable';
    await assert.rejects(later.open(value, CONTEXT), refusedAs('kms_unavailable'));
    await assert.rejects(later.seal(SECRET, CONTEXT), refusedAs('kms_unavailable'));
    google.trouble = undefined;
    assert.equal(await later.open(value, CONTEXT), SECRET);
    await later.seal(SECRET, CONTEXT);
  });

  it('goes on while Cloud KMS is away, with the data keys that it has', async (t) => {
    const { ring, google } = await open(t);
    const one = ring();
    const value = await one.seal(SECRET, CONTEXT);
    google.trouble = 'unavailable';
    assert.equal(await one.open(value, CONTEXT), SECRET);
    assert.equal(await one.open(await one.seal(SECRET, CONTEXT), CONTEXT), SECRET);
  });

  it('seals nothing with a data key that it could not have back', async (t) => {
    const { ring, google } = await open(t);
    google.keys.allow(KEY, ['Encrypt']);
    await assert.rejects(ring().seal(SECRET, CONTEXT), refusedAs('kms_rejected'));
  });

  it('opens what a local key has sealed, and the other way round, whichever comes first', async (t) => {
    const { ring } = await open(t);
    const old = await ring([LOCAL]).seal(SECRET, CONTEXT);
    const moved = ring([IN_KMS, LOCAL]);
    assert.equal(await moved.open(old, CONTEXT), SECRET);
    const fresh = await moved.seal(SECRET, CONTEXT);
    assert.match(fresh, /^v2\./);
    const back = ring([LOCAL, IN_KMS]);
    assert.equal(await back.open(fresh, CONTEXT), SECRET);
    assert.match(await back.seal(SECRET, CONTEXT), /^v1\.old\./);
  });

  it('never asks Cloud KMS for what a local key has sealed', async (t) => {
    const { ring, google } = await open(t);
    const both = ring([LOCAL, IN_KMS]);
    await both.open(await both.seal(SECRET, CONTEXT), CONTEXT);
    assert.deepEqual(google.calls, []);
  });

  it('refuses a value whose key isn’t there any more, without asking', async (t) => {
    const { ring, google } = await open(t);
    const value = await ring().seal(SECRET, CONTEXT);
    const asked = google.calls.length;
    await assert.rejects(ring([LOCAL]).open(value, CONTEXT), refusedAs('seal_unknown_key'));
    assert.equal(google.calls.length, asked);
  });
});

describe('a value under Cloud KMS, in the hands of whoever can write to the store', () => {
  const attacks: readonly (readonly [string, (value: string, scene: Scene) => string])[] = [
    ['with a bit of its secret flipped', (value) => flipped(value, 3)],
    ['with a bit of its data key flipped', (value) => flipped(value, 2)],
    ['taken for one of a local key’s', (value) => value.replace(/^v2\.([^.]+)\.[^.]+/, 'v1.$1')],
    ['without its data key', (value) => value.replace(/^(v2\.[^.]+)\.[^.]+/, '$1')],
    ['with a local key’s id', (value) => value.replace(IN_KMS.id, LOCAL.id)],
    ['with its data key twice', (value) => value.replace(/^(v2\.[^.]+)(\.[^.]+)/, '$1$2$2')],
    ['with a data key of 2 KB', (value) => value.replace(/\.([^.]+)$/, `${'A'.repeat(2048)}.$1`)],
  ];
  for (const [what, change] of attacks) {
    it(`does not open ${what}`, async (t) => {
      const scene = await open(t);
      const ring = scene.ring([IN_KMS, LOCAL]);
      const value = await ring.seal(SECRET, CONTEXT);
      const other = change(value, scene);
      assert.notEqual(other, value);
      await assert.rejects(ring.open(planted(other), CONTEXT), refusedAs('seal_broken'));
    });
  }

  it('does not open for another person, collection or OAuth client', async (t) => {
    const { ring } = await open(t);
    const value = await ring().seal(SECRET, CONTEXT);
    for (const [elsewhere, context] of [
      [ring(), { ...CONTEXT, owner: 'users/2' }],
      [ring(), { ...CONTEXT, collection: 'requests' }],
      [ring([IN_KMS], 'client-2'), CONTEXT],
    ] as const) {
      await assert.rejects(elsewhere.open(value, context), refusedAs('seal_broken'));
    }
  });

  it('does not open with the data key of another key, though it is in the ring', async (t) => {
    const { ring, google } = await open(t);
    const name = keyNamed('other');
    google.keys.create(name);
    const other = { id: keyIdOfName(name), name };
    const value = await ring([other]).seal(SECRET, CONTEXT);
    const moved = planted(value.replace(other.id, IN_KMS.id));
    await assert.rejects(ring([IN_KMS, other]).open(moved, CONTEXT), refusedAs('seal_broken'));
  });
});

/** With one bit of one part changed. */
function flipped(value: string, part: number): string {
  const parts = value.split('.');
  const bytes = Buffer.from(parts[part] ?? '', 'base64url');
  bytes.writeUInt8(bytes.readUInt8(20) ^ 1, 20);
  return parts.with(part, bytes.toString('base64url')).join('.');
}
