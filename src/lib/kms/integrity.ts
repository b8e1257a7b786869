import { z } from 'zod';
import { crc32c } from './crc32c.ts';
import type { KmsKeyName } from './key-name.ts';

/**
 * What goes to Cloud KMS and comes back, verified by CRC32C ("Verifying end-to-end data integrity" guide): an answer that
 * fails is to be dropped, and asked for again a few times.
 */

const bytes = z.base64().transform((text) => Buffer.from(text, 'base64'));
/** An int64, which JSON has as a string. */
const checksum = z.coerce.number();

const encrypted = z.object({
  /** Of the key's version that was used. */
  name: z.string(),
  ciphertext: bytes,
  ciphertextCrc32c: checksum,
  verifiedPlaintextCrc32c: z.literal(true),
  verifiedAdditionalAuthenticatedDataCrc32c: z.literal(true),
});

const decrypted = z.object({ plaintext: bytes, plaintextCrc32c: checksum });

/** A field of a request, with its checksum. */
export function withChecksum(name: string, value: Buffer): Record<string, string> {
  return { [name]: value.toString('base64'), [`${name}Crc32c`]: String(crc32c(value)) };
}

/** @returns undefined when it isn't an answer, or not to what was sent, or was altered on its way */
export function readEncrypted(body: unknown, key: KmsKeyName): Buffer | undefined {
  const answer = encrypted.safeParse(body).data;
  if (answer === undefined || !answer.name.startsWith(`${key}/`)) return undefined;
  return crc32c(answer.ciphertext) === answer.ciphertextCrc32c ? answer.ciphertext : undefined;
}

/** @returns undefined when it isn't an answer, or was altered on its way */
export function readDecrypted(body: unknown): Buffer | undefined {
  const answer = decrypted.safeParse(body).data;
  if (answer === undefined) return undefined;
  return crc32c(answer.plaintext) === answer.plaintextCrc32c ? answer.plaintext : undefined;
}
