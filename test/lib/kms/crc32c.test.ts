import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32c } from '../../../src/lib/kms/crc32c.ts';

/** RFC 3720, appendix B.4, and the check value of the catalogue of CRCs. */
const KNOWN: readonly (readonly [string, Buffer, number])[] = [
  ['nothing', Buffer.alloc(0), 0],
  ['“123456789”', Buffer.from('123456789'), 0xe3069283],
  ['32 zeros', Buffer.alloc(32), 0x8a9136aa],
  ['32 ones', Buffer.alloc(32, 0xff), 0x62a8ab43],
  ['32 bytes that rise', Buffer.from(Array.from({ length: 32 }, (_, n) => n)), 0x46dd794e],
  ['32 bytes that fall', Buffer.from(Array.from({ length: 32 }, (_, n) => 31 - n)), 0x113fdb5c],
];

for (const [what, bytes, sum] of KNOWN) {
  test(`the CRC32C of ${what} is as published`, () => {
    assert.equal(crc32c(bytes), sum);
  });
}
