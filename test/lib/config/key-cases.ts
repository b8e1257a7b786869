import { isLocal, type TokenKey } from '../../../src/lib/store/token-keys.ts';
import { KEY, KMS_KEY } from './setting.ts';

/** What `TOKEN_KEYS` may be, and may not. */
export const TOKEN_KEYS = {
  good: [
    [`k2:${KEY}`, [`k2:${KEY}`]],
    [`k2:${KEY},k1:${KEY}`, [`k2:${KEY}`, `k1:${KEY}`]],
    [`kms:${KMS_KEY}`, [`kms-746c6bd5:${KMS_KEY}`]],
    [`kms:${KMS_KEY}, k1:${KEY}`, [`kms-746c6bd5:${KMS_KEY}`, `k1:${KEY}`]],
    [`k1:${KEY},kms:${KMS_KEY}`, [`k1:${KEY}`, `kms-746c6bd5:${KMS_KEY}`]],
  ],
  bad: [
    KEY,
    'k1:',
    'k1:c2hvcnQ=',
    `k1:${KEY},k1:${KEY}`,
    `k1:${KEY},`,
    'kms:projects/p/x',
    `kms:${KEY}`,
    `kms:${KMS_KEY}/cryptoKeyVersions/1`,
    `kms:${KMS_KEY},kms:${KMS_KEY}`,
    `kms:${KMS_KEY},kms-746c6bd5:${KEY}`,
  ],
} as const;

/** A key, as a test can compare it. */
export function inWords(key: TokenKey): string {
  return `${key.id}:${isLocal(key) ? key.key.toString('base64') : key.name}`;
}
