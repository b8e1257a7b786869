import { z } from 'zod';
import type { Answer } from '../authorization/post.ts';
import { KmsError } from '../errors.ts';
import type { KmsKeyName } from './key-name.ts';

const refused = z.object({ error: z.object({ status: z.string().regex(/^[A-Z_]{1,40}$/) }) });

/** What it takes to encrypt and decrypt with a key, and nothing else. */
export const KMS_ROLE = 'roles/cloudkms.cryptoKeyEncrypterDecrypter';

/** @param why a clause */
export function notAnswered(why: string): KmsError {
  return new KmsError(
    'kms_unavailable',
    `Cloud KMS can’t be asked: ${why}. Check that this machine reaches cloudkms.googleapis.com, through a proxy if there is one.`,
  );
}

/** An answer of another form, or one that was altered on its way. */
export function notUnderstood(): KmsError {
  return new KmsError(
    'kms_unavailable',
    'Cloud KMS’s answer isn’t understood, or its checksum is wrong. The call can be repeated as it is.',
  );
}

/** What Cloud KMS's refusal means (`google.rpc.Code`). `invalid`: what was sent is at fault, or belongs to another key. */
export function refusal(
  { status, body, retryAfterMs }: Answer,
  key: KmsKeyName,
): KmsError | 'invalid' {
  const reason = refused.safeParse(body).data?.error.status ?? '';
  if (status === 429 || status >= 500) {
    return new KmsError(
      'kms_unavailable',
      `Cloud KMS can’t serve us at the moment (HTTP ${status}).`,
      retryAfterMs === undefined ? {} : { retryAfterMs },
    );
  }
  if (status === 400 && reason !== 'FAILED_PRECONDITION') return 'invalid';
  return new KmsError(
    'kms_rejected',
    `Cloud KMS refuses the key ${key} in TOKEN_KEYS (HTTP ${status}, ${reason || 'no reason'}). ${remedy(status)}`,
  );
}

function remedy(status: number): string {
  switch (status) {
    case 400:
      return 'Its version is disabled or destroyed: enable it, or restore it, which can be done for 30 days.';
    case 401:
      return 'Check the process’s own credentials.';
    case 403:
      return `Give the process’s account ${KMS_ROLE} on it, and see that the Cloud KMS API is on.`;
    default:
      return 'Check its name.';
  }
}
