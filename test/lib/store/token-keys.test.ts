import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseTokenKeys } from '../../../src/lib/store/token-keys.ts';

const KEY_1 = Buffer.alloc(32, 0xfb);
const KEY_2 = Buffer.alloc(32, 0xff);
const BASE64_1 = KEY_1.toString('base64');
const BASE64_2 = KEY_2.toString('base64');

const valid: Record<string, [text: string, ids: string[], keys: Buffer[]]> = {
  'one key': [`a:${BASE64_1}`, ['a'], [KEY_1]],
  'two keys, in their order': [`new:${BASE64_2},old:${BASE64_1}`, ['new', 'old'], [KEY_2, KEY_1]],
  'white space around entries': [
    ` a : ${BASE64_1} ,\n b:${BASE64_2}\n`,
    ['a', 'b'],
    [KEY_1, KEY_2],
  ],
  'URL-safe base64': [`a:${KEY_1.toString('base64url')}=`, ['a'], [KEY_1]],
  'base64 without padding': [`a:${BASE64_1.replace('=', '')}`, ['a'], [KEY_1]],
  'the longest id': [`${'a'.repeat(32)}:${BASE64_1}`, ['a'.repeat(32)], [KEY_1]],
  'digits and hyphens in the id': [`2026-11:${BASE64_1}`, ['2026-11'], [KEY_1]],
};
for (const [what, [text, ids, keys]] of Object.entries(valid)) {
  test(`TOKEN_KEYS may have ${what}`, () => {
    assert.deepEqual(parseTokenKeys(text), { keys: ids.map((id, n) => ({ id, key: keys[n] })) });
  });
}

const invalid: Record<string, [text: string, problems: RegExp[]]> = {
  'is empty': ['', [/^entry 1 is empty$/]],
  'ends with a comma': [`a:${BASE64_1},`, [/^entry 2 is empty$/]],
  'has a key without an id': [BASE64_1, [/^entry 1 has no key id.*openssl rand -base64 32/]],
  'has an empty id': [`:${BASE64_1}`, [/^entry 1: the key id must be/]],
  'has an id in capitals': [`Key:${BASE64_1}`, [/^entry 1: the key id must be/]],
  'has an id with a dot': [`a.b:${BASE64_1}`, [/^entry 1: the key id must be/]],
  'has an id that is too long': [`${'a'.repeat(33)}:${BASE64_1}`, [/^entry 1: the key id must be/]],
  'has id and key the wrong way round': [`${BASE64_1}:a`, [/^entry 1: the key id must be/]],
  'has a key of 31 bytes': [
    `a:${Buffer.alloc(31, 1).toString('base64')}`,
    [/^entry 1: the key has 31 bytes instead of 32/],
  ],
  'has a key of 33 bytes': [
    `a:${Buffer.alloc(33, 1).toString('base64')}`,
    [/^entry 1: the key has 33 bytes instead of 32/],
  ],
  'has an empty key': ['a:', [/^entry 1: the key has 0 bytes/]],
  'has a key that is not base64': ['a:what?ever!', [/^entry 1: the key is not base64/]],
  'has a key with something behind its padding': [
    `a:${BASE64_1}x`,
    [/^entry 1: the key is not base64/],
  ],
  'has a key whose last character says more than 32 bytes': [
    `a:${BASE64_1.replace(/.=$/, '9=')}`,
    [/^entry 1: the key is not base64/],
  ],
  'has an id twice': [
    `a:${BASE64_1},b:${BASE64_2},a:${BASE64_2}`,
    [/^entries 1 and 3 have the same key id/],
  ],
  'has several faults at once': [
    `A:${BASE64_1},b:,c`,
    [/^entry 1: the key id/, /^entry 2: the key has 0 bytes/, /^entry 3 has no key id/],
  ],
};
for (const [what, [text, expected]] of Object.entries(invalid)) {
  test(`TOKEN_KEYS is refused if it ${what}`, () => {
    const result = parseTokenKeys(text);
    assert.ok('problems' in result);
    assert.equal(result.problems.length, expected.length);
    for (const [n, pattern] of expected.entries()) assert.match(result.problems[n] ?? '', pattern);
  });
}

test('problems never repeat what was given: it may be a key in the wrong place', () => {
  const material = ['sEcReTsEcReT', 'b3-secret-id', BASE64_1.slice(0, 20)];
  const texts = material.flatMap((text) => [text, `${text}:x`, `${text}:${text}`, `a:${text}`]);
  for (const text of [...texts, `b3-secret-id:${BASE64_1},b3-secret-id:${BASE64_1}`]) {
    const result = parseTokenKeys(text);
    assert.ok('problems' in result, text);
    for (const given of material) assert.equal(result.problems.join().includes(given), false, text);
  }
});
