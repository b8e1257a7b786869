import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { SealError } from '../../../src/lib/errors.ts';
import { createKeyring } from '../../../src/lib/store/keyring.ts';
import { sealed } from '../../../src/lib/store/records.ts';
import type { SealContext, Sealed } from '../../../src/lib/store/sealer.ts';

const SECRET = '1//a-refresh-token';
const CONTEXT: SealContext = { collection: 'grants', owner: 'users/1' };
const KEY = createHash('sha256').update('key').digest();
const ring = createKeyring({ keys: [{ id: 'first', key: KEY }], clientId: 'client-1' });

/** What lies in a store is a string, whoever has put it there: only what opens it decides what it is worth. */
const planted = (text: string): Sealed => z.custom<Sealed>().parse(text);

async function codeOf(value: Sealed, context = CONTEXT, opener = ring): Promise<string> {
  const error = await opener.open(value, context).then(
    () => assert.fail('it opened'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof SealError);
  assert.ok(!`${error.message} ${String(error.cause)}`.includes(SECRET));
  return error.code;
}

describe('a sealed value in the hands of whoever can write to the store', () => {
  it('does not open with any one bit flipped', async () => {
    const value = await ring.seal(SECRET, CONTEXT);
    const [, , text = ''] = value.split('.');
    const bytes = Buffer.from(text, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      const other = planted(`v1.first.${flipped.toString('base64url')}`);
      assert.equal(await codeOf(other), 'seal_broken', `bit ${bit}`);
    }
  });

  it('does not open with any one character changed, wherever it is', async () => {
    const value = await ring.seal(SECRET, CONTEXT);
    const place = fc.nat(value.length - 1);
    const character = fc.string({ unit: 'binary', minLength: 1, maxLength: 1 });
    await fc.assert(
      fc.asyncProperty(place, character, async (at, by) => {
        fc.pre(value[at] !== by);
        const code = await codeOf(planted(value.slice(0, at) + by + value.slice(at + 1)));
        assert.ok(
          code === 'seal_broken' || (code === 'seal_unknown_key' && at < 'v1.first'.length),
        );
      }),
      { numRuns: 300 },
    );
  });

  for (const [what, change] of [
    ['of another version', (value: string) => value.replace('v1', 'v2')],
    ['of no version', (value: string) => value.replace('v1.', '')],
    ['of a version in capitals', (value: string) => value.replace('v1', 'V1')],
    ['with its version twice', (value: string) => `v1.${value}`],
    ['without a key id', (value: string) => value.replace('first', '')],
    ['whose key id is a path', (value: string) => value.replace('first', '../first')],
    ['that is empty', () => ''],
    ['that holds dots only', () => '..'],
    ['in another base64', (value: string) => `${value}=`],
    ['with a line break behind it', (value: string) => `${value}\n`],
    ['of 10 MB', (value: string) => value + 'A'.repeat(10_000_000)],
  ] as const) {
    it(`does not open ${what}`, async () => {
      assert.equal(await codeOf(planted(change(await ring.seal(SECRET, CONTEXT)))), 'seal_broken');
    });
  }

  for (const id of ['constructor', 'tostring', 'second']) {
    it(`does not open with “${id}” for its key id, which is none of ours`, async () => {
      const value = await ring.seal(SECRET, CONTEXT);
      assert.equal(await codeOf(planted(value.replace('first', id))), 'seal_unknown_key');
    });
  }

  it('does not open in any other place: person, collection, client, or key of the same bytes', async () => {
    const place = fc.record({
      collection: fc.constantFrom('grants', 'consents', 'requests'),
      owner: fc.constantFrom('users/1', 'users/2', 'users/11', 'USERS/1', 'users/1 '),
      clientId: fc.constantFrom('client-1', 'client-2', ''),
      keyId: fc.constantFrom('first', 'second'),
    });
    await fc.assert(
      fc.asyncProperty(place, place, async (from, to) => {
        fc.pre(JSON.stringify(from) !== JSON.stringify(to));
        const keys = ['first', 'second'].map((id) => ({ id, key: KEY }));
        const sorted = (id: string) => keys.toSorted((one) => (one.id === id ? -1 : 1));
        const sealer = createKeyring({ keys: sorted(from.keyId), clientId: from.clientId });
        const opener = createKeyring({ keys: sorted(to.keyId), clientId: to.clientId });
        const value = await sealer.seal(SECRET, from);
        const moved = planted(value.replace(`v1.${from.keyId}.`, `v1.${to.keyId}.`));
        assert.equal(await codeOf(moved, to, opener), 'seal_broken');
      }),
    );
  });

  it('is not even read as a record’s secret, when it isn’t of our form', () => {
    for (const text of ['v2.first.AAAA', 'v1.First.AAAA', 'v1.first.', 'v1.first.A=', 'plain']) {
      assert.equal(sealed.safeParse(text).success, false, text);
    }
  });
});
