import { isKmsKeyName, type KmsKeyName, keyIdOfName } from '../kms/key-name.ts';

/** A key of the keyring, with the id that its sealed values carry. */
export type TokenKey = LocalKey | KmsKey;

/** One that the processes hold. */
export interface LocalKey {
  id: string;
  /** 32 bytes. */
  key: Buffer;
}

/** One that never leaves Cloud KMS. */
export interface KmsKey {
  id: string;
  name: KmsKeyName;
}

export function isLocal(key: TokenKey): key is LocalKey {
  return 'key' in key;
}

export function isInKms(key: TokenKey): key is KmsKey {
  return !isLocal(key);
}

const KEY_ID = /^[a-z0-9-]{1,32}$/;
const KEY_BYTES = 32;
/** It stands where a key of ours has its id. */
const KMS = 'kms';
const HOW_TO_MAKE_ONE = 'make one with: openssl rand -base64 32';
const NO_KMS_KEY =
  'after kms: stands the name of a key, projects/…/locations/…/keyRings/…/cryptoKeys/…, without a version';

/**
 * Reads `TOKEN_KEYS`: `id:base64-of-32-bytes` or `kms:projects/…/cryptoKeys/…`, several separated by commas. Standard or
 * URL-safe base64; white space around entries is tolerated.
 *
 * Problems are in plain words, and name an entry by its position only: anything else could be a key in the wrong place.
 *
 * @returns at least one key, or at least one problem
 */
export function parseTokenKeys(text: string): { keys: TokenKey[] } | { problems: string[] } {
  const entries = text.split(',').map(parseEntry);
  const keys = entries.filter((entry) => typeof entry !== 'string');
  const problems = entries
    .filter((entry) => typeof entry === 'string')
    .concat(repeatedIds(entries));
  return problems.length > 0 ? { problems } : { keys };
}

/** A key, or what is wrong with it. */
function parseEntry(entry: string, index: number): TokenKey | string {
  const where = `entry ${index + 1}`;
  const colon = entry.indexOf(':');
  if (entry.trim() === '') return `${where} is empty`;
  if (colon < 0) return `${where} has no key id: write id:key, and ${HOW_TO_MAKE_ONE}`;

  const id = entry.slice(0, colon).trim();
  if (!KEY_ID.test(id)) {
    return `${where}: the key id must be 1 to 32 lower-case letters, digits or hyphens`;
  }
  const value = entry.slice(colon + 1).trim();
  if (id === KMS)
    return isKmsKeyName(value)
      ? { id: keyIdOfName(value), name: value }
      : `${where}: ${NO_KMS_KEY}`;
  const key = decodeBase64(value);
  if (key === undefined) return `${where}: the key is not base64; ${HOW_TO_MAKE_ONE}`;
  if (key.length !== KEY_BYTES) {
    return `${where}: the key has ${key.length} bytes instead of ${KEY_BYTES}; ${HOW_TO_MAKE_ONE}`;
  }
  return { id, key };
}

/** Node decodes whatever it can and skips the rest, so a typing error would pass as another key: compare what comes back. */
function decodeBase64(text: string): Buffer | undefined {
  const plain = text
    .replace(/={1,2}$/, '')
    .replaceAll('+', '-')
    .replaceAll('/', '_');
  const bytes = Buffer.from(plain, 'base64url');
  return bytes.toString('base64url') === plain ? bytes : undefined;
}

function repeatedIds(entries: readonly (TokenKey | string)[]): string[] {
  const firstUse = new Map<string, number>();
  return entries.flatMap((entry, index) => {
    if (typeof entry === 'string') return [];
    const first = firstUse.get(entry.id);
    if (first !== undefined) {
      return `entries ${first + 1} and ${index + 1} have the same key id: every key needs its own`;
    }
    firstUse.set(entry.id, index);
    return [];
  });
}
