import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { ApiError } from '../chat/api-error.ts';

/** What may be wrong with a version, and what Cloud KMS calls it ("Key states"). */
export type VersionState = 'ENABLED' | 'DISABLED' | 'DESTROY_SCHEDULED' | 'DESTROYED';

interface Version {
  id: string;
  state: VersionState;
  material: Buffer;
}

interface Key {
  versions: Version[];
  /** What the app's service account may do with it. */
  allowed: ReadonlySet<'Encrypt' | 'Decrypt'>;
}

/** The keys there are, for whoever administers them: none at first. */
export interface KeyStore {
  /** Makes a key for the app's service account to encrypt and decrypt with. */
  create(name: string): void;
  /** A new version encrypts from now on. */
  rotate(name: string): void;
  setState(name: string, state: VersionState): void;
  allow(name: string, what: readonly ('Encrypt' | 'Decrypt')[]): void;
}

/** What the API does with them. Both throw `ApiError`. */
export interface Cipher {
  /** @returns the name of the version, and the ciphertext */
  encrypt(name: string, plaintext: Buffer, bound: Buffer): { version: string; bytes: Buffer };
  /** @returns whether it was the newest version, and the plaintext */
  decrypt(name: string, ciphertext: Buffer, bound: Buffer): { isPrimary: boolean; bytes: Buffer };
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

export function createKeyStore(): KeyStore & Cipher {
  const keys = new Map<string, Key>();
  const find = (name: string): Key => {
    const key = keys.get(name);
    if (key === undefined) throw new Error(`No such key: ${name}`);
    return key;
  };
  const use = (name: string, what: 'Encrypt' | 'Decrypt'): Key => {
    const key = keys.get(name);
    if (key === undefined) throw new ApiError('NOT_FOUND', `CryptoKey ${name} not found.`);
    if (key.allowed.has(what)) return key;
    throw new ApiError(
      'PERMISSION_DENIED',
      `Permission 'cloudkms.cryptoKeyVersions.useTo${what}' denied on resource '${name}' (or it may not exist).`,
    );
  };

  return {
    create(name) {
      keys.set(name, { versions: [version('1')], allowed: new Set(['Encrypt', 'Decrypt']) });
    },
    rotate(name) {
      const { versions } = find(name);
      versions.unshift(version(String(versions.length + 1)));
    },
    setState(name, state) {
      for (const one of find(name).versions) one.state = state;
    },
    allow(name, what) {
      find(name).allowed = new Set(what);
    },

    encrypt(name, plaintext, bound) {
      const [primary] = use(name, 'Encrypt').versions;
      if (primary === undefined) throw new Error('A key without a version');
      refuseUnlessEnabled(name, primary);
      return { version: nameOf(name, primary), bytes: seal(primary, plaintext, bound) };
    },

    decrypt(name, ciphertext, bound) {
      const { versions } = use(name, 'Decrypt');
      const used = versions.find(({ id }) => id === String(ciphertext[0]));
      if (used === undefined) throw wrongKey();
      refuseUnlessEnabled(name, used);
      return { isPrimary: used === versions[0], bytes: open(used, ciphertext, bound) };
    },
  };
}

function version(id: string): Version {
  return { id, state: 'ENABLED', material: randomBytes(32) };
}

const nameOf = (key: string, { id }: Version): string => `${key}/cryptoKeyVersions/${id}`;

function refuseUnlessEnabled(name: string, one: Version): void {
  if (one.state === 'ENABLED') return;
  const message = `${nameOf(name, one)} is not enabled, current state is: ${one.state}.`;
  throw new ApiError('FAILED_PRECONDITION', message);
}

function seal({ id, material }: Version, plaintext: Buffer, bound: Buffer): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', material, iv).setAAD(bound);
  const bytes = [cipher.update(plaintext), cipher.final()];
  return Buffer.concat([Buffer.from([Number(id)]), iv, ...bytes, cipher.getAuthTag()]);
}

function open({ material }: Version, ciphertext: Buffer, bound: Buffer): Buffer {
  const iv = ciphertext.subarray(1, 1 + IV_BYTES);
  const tag = ciphertext.subarray(-TAG_BYTES);
  try {
    const options = { authTagLength: TAG_BYTES };
    const decipher = createDecipheriv('aes-256-gcm', material, iv, options)
      .setAAD(bound)
      .setAuthTag(tag);
    const bytes = ciphertext.subarray(1 + IV_BYTES, -TAG_BYTES);
    return Buffer.concat([decipher.update(bytes), decipher.final()]);
  } catch {
    throw wrongKey();
  }
}

function wrongKey(): ApiError {
  const message = "Decryption failed: verify that 'name' refers to the correct CryptoKey.";
  return new ApiError('INVALID_ARGUMENT', message);
}
