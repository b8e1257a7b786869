import { SealError } from '../errors.ts';

/** The key is not in the ring. */
export function unknownKey(keyId: string): SealError {
  return new SealError(
    'seal_unknown_key',
    `A secret was encrypted with the key "${keyId}", which is not in TOKEN_KEYS. Put that key back behind the ` +
      'first one; if it is lost, the people concerned have to connect their accounts again.',
  );
}

/** @param why a clause, without anything of the value */
export function broken(why: string, cause?: unknown): SealError {
  return new SealError(
    'seal_broken',
    `A secret does not decrypt: ${why}. Set that right, or have the person connect their account again.`,
    { cause },
  );
}

/** The key is there, and doesn't open it. */
export function doesNotOpen(keyId: string, cause?: unknown): SealError {
  return broken(
    `it was altered or copied from another record, or OAUTH_CLIENT_FILE names another client, or ` +
      `the key "${keyId}" in TOKEN_KEYS is not the one that encrypted it`,
    cause,
  );
}
