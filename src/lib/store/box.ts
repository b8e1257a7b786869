import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
/** 96 bits, drawn anew for every value: good for 2^32 values per key (NIST SP 800-38D, section 8.3). */
const IV_BYTES = 12;
const TAG_BYTES = 16;
const MIN_BYTES = IV_BYTES + TAG_BYTES;

/** @throws RangeError unless it is 32 bytes long */
export function secretKey(key: Buffer): KeyObject {
  if (key.length !== KEY_BYTES) throw new RangeError(`A key needs ${KEY_BYTES} bytes`);
  return createSecretKey(key);
}

/** The bytes of a key that nobody has had before. */
export function newKey(): Buffer {
  return randomBytes(KEY_BYTES);
}

/**
 * Encrypts with AES-256-GCM.
 *
 * @param bound it opens with the same only, which isn't in it
 * @returns IV, ciphertext and tag
 */
export function encryptBox(secret: string, key: KeyObject, bound: Buffer): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES }).setAAD(bound);
  return Buffer.concat([iv, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

/** @throws Error when it was altered, or belongs to another key or elsewhere */
export function decryptBox(box: Buffer, key: KeyObject, bound: Buffer): string {
  const iv = box.subarray(0, IV_BYTES);
  const ciphertext = box.subarray(IV_BYTES, -TAG_BYTES);
  const tag = box.subarray(-TAG_BYTES);
  const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES })
    .setAAD(bound)
    .setAuthTag(tag);
  return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
}

/** A box as text: base64url, in the one way that there is. */
export const encodeBox = (bytes: Buffer): string => bytes.toString('base64url');

/** @returns undefined when it is cut short, or encoded in another way */
export function decodeBox(text: string): Buffer | undefined {
  const box = Buffer.from(text, 'base64url');
  return encodeBox(box) === text && box.length >= MIN_BYTES ? box : undefined;
}
