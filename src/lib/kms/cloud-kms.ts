import { GoogleAuth } from 'google-auth-library';
import { bearerFor } from '../authorization/bearer.ts';
import { postJson } from '../authorization/post.ts';
import { CLOUD_KMS } from '../authorization/scopes.ts';
import { seconds } from '../clock.ts';
import { KmsError } from '../errors.ts';
import { readDecrypted, readEncrypted, withChecksum } from './integrity.ts';
import type { KmsKeyName } from './key-name.ts';
import { notAnswered, notUnderstood, refusal } from './refusal.ts';
import { type RepeatOptions, repeated } from './repeat.ts';

/** Google's, unless configured otherwise. */
export const GOOGLE_KMS_URL = 'https://cloudkms.googleapis.com';

/** How long one answer may take, in milliseconds. */
const TIMEOUT_MS = seconds(4);

/** Keys that never leave Cloud KMS. Both methods throw `KmsError`. */
export interface Kms {
  /** @param bound it has to be the same for the decryption */
  encrypt(key: KmsKeyName, plaintext: Buffer, bound: Buffer): Promise<Buffer>;

  /** @returns undefined when the key has not encrypted this, or not with the same `bound` */
  decrypt(key: KmsKeyName, ciphertext: Buffer, bound: Buffer): Promise<Buffer | undefined>;
}

export interface KmsOptions extends RepeatOptions {
  url: string;
}

/**
 * Cloud KMS, by its REST API (`cryptoKeys.encrypt`, `cryptoKeys.decrypt`), with the Application Default Credentials. Nothing
 * is read before the first call.
 */
export function createKms({ url, ...repeating }: KmsOptions): Kms {
  const auth = new GoogleAuth({ scopes: [CLOUD_KMS] });
  // A key file needs no token round trip (AIP-4111).
  auth.useJWTAccessWithScope = true;
  auth.defaultServicePath = 'cloudkms.googleapis.com';

  /** @returns undefined where Cloud KMS finds an argument wrong */
  const call = (
    key: KmsKeyName,
    method: 'encrypt' | 'decrypt',
    content: object,
    read: (body: unknown) => Buffer | undefined,
  ): Promise<Buffer | undefined> =>
    repeated(async (signal) => {
      const bearer = await bearerFor(auth, url);
      if (bearer === undefined) throw notAnswered('the process’s credentials can’t be fetched');
      const at = new URL(`/v1/${key}:${method}`, url).href;
      const answer = await postJson(at, content, bearer, { timeoutMs: TIMEOUT_MS, signal });
      if (answer.status !== 200) {
        const refused = refusal(answer, key);
        if (refused !== 'invalid') throw refused;
        return undefined;
      }
      const value = read(answer.body);
      if (value === undefined) throw notUnderstood();
      return value;
    }, repeating);

  return {
    async encrypt(key, plaintext, bound) {
      const content = {
        ...withChecksum('plaintext', plaintext),
        ...withChecksum('additionalAuthenticatedData', bound),
      };
      const encrypted = await call(key, 'encrypt', content, (body) => readEncrypted(body, key));
      if (encrypted === undefined) throw new KmsError('kms_rejected', NOT_FOR_SECRETS);
      return encrypted;
    },

    async decrypt(key, ciphertext, bound) {
      const content = {
        ...withChecksum('ciphertext', ciphertext),
        ...withChecksum('additionalAuthenticatedData', bound),
      };
      return await call(key, 'decrypt', content, readDecrypted);
    },
  };
}

const NOT_FOR_SECRETS =
  'Cloud KMS can’t encrypt with the key in TOKEN_KEYS. Name one whose purpose is symmetric encryption (ENCRYPT_DECRYPT).';
