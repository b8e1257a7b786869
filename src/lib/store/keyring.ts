import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { SealError } from '../errors.ts';
import { sealed as sealedSchema } from './records.ts';
import type { SealContext, Sealed, Sealer } from './sealer.ts';
import type { TokenKey } from './token-keys.ts';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
/** 96 bits, drawn anew for every value: good for 2^32 values per key (NIST SP 800-38D, section 8.3). */
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts with AES-256-GCM under keys that this process holds. The first key encrypts, all decrypt: to rotate, put a new
 * key first and leave the old one behind it until nothing that it encrypted is left.
 *
 * A sealed value is `v1.{key id}.{base64url of IV, ciphertext and tag}`. It is bound to its collection, its owner and the
 * OAuth client, so that a value copied to another person's record, or to another app's store, does not open.
 *
 * @param clientId the OAuth client that the secrets belong to
 * @throws RangeError without keys, or with one that isn't 32 bytes long
 */
export function createKeyring(options: { keys: readonly TokenKey[]; clientId: string }): Sealer {
  const ring = new Map(options.keys.map(({ id, key }) => [id, secretKey(key)]));
  const primary = options.keys[0];
  if (primary === undefined) throw new RangeError('A keyring needs at least one key');
  const primaryKey = secretKey(primary.key);

  return {
    async seal(secret, context) {
      const bound = associatedData(primary.id, context, options.clientId);
      return sealedSchema.parse(`v1.${primary.id}.${encode(encrypt(secret, primaryKey, bound))}`);
    },

    async open(sealed, context) {
      const { keyId, box } = unpack(sealed);
      const key = ring.get(keyId);
      if (key === undefined) throw unknownKey(keyId);
      return decrypt(box, key, associatedData(keyId, context, options.clientId), keyId);
    },
  };
}

function secretKey(key: Buffer): KeyObject {
  if (key.length !== KEY_BYTES) throw new RangeError(`A key needs ${KEY_BYTES} bytes`);
  return createSecretKey(key);
}

/** JSON keeps the parts apart, whatever is in them: `a` + `bc` never equals `ab` + `c`. */
function associatedData(keyId: string, context: SealContext, clientId: string): Buffer {
  return Buffer.from(JSON.stringify(['v1', keyId, context.collection, context.owner, clientId]));
}

function encrypt(secret: string, key: KeyObject, bound: Buffer): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES }).setAAD(bound);
  return Buffer.concat([iv, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(box: Buffer, key: KeyObject, bound: Buffer, keyId: string): string {
  const iv = box.subarray(0, IV_BYTES);
  const ciphertext = box.subarray(IV_BYTES, -TAG_BYTES);
  const tag = box.subarray(-TAG_BYTES);
  try {
    const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES })
      .setAAD(bound)
      .setAuthTag(tag);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw broken(
      `it was altered or copied from another record, or OAUTH_CLIENT_FILE names another client, or ` +
        `the key "${keyId}" in TOKEN_KEYS is not the one that encrypted it`,
      cause,
    );
  }
}

function unpack(sealed: Sealed): { keyId: string; box: Buffer } {
  const [, keyId, text] = sealed.split('.');
  if (!sealedSchema.safeParse(sealed).success || keyId === undefined || text === undefined) {
    throw broken('it is not of the form v1.{key id}.{base64url}');
  }
  const box = Buffer.from(text, 'base64url');
  if (encode(box) !== text || box.length < IV_BYTES + TAG_BYTES) throw broken('it is cut short');
  return { keyId, box };
}

const encode = (bytes: Buffer): string => bytes.toString('base64url');

function unknownKey(keyId: string): SealError {
  return new SealError(
    'seal_unknown_key',
    `A secret was encrypted with the key "${keyId}", which is not in TOKEN_KEYS. Put that key back behind the ` +
      'first one; if it is lost, the people concerned have to connect their accounts again.',
  );
}

function broken(why: string, cause?: unknown): SealError {
  return new SealError(
    'seal_broken',
    `A secret does not decrypt: ${why}. Set that right, or have the person connect their account again.`,
    { cause },
  );
}
