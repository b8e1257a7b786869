import { z } from 'zod';
import { AuthorizationError, DelegationError } from '../errors.ts';
import type { Answer } from './post.ts';
import { refreshed, unavailable } from './token-endpoint.ts';

const refusal = z.object({
  error: z.string(),
  error_description: z.string().optional().catch(undefined),
});

/** The service account is not on the administrator's list, or a scope isn't (the guide's table of JWT error codes). */
const NOT_ALLOWED = new Set(['unauthorized_client', 'access_denied', 'admin_policy_enforced']);
/** The service account itself is gone, or turned off. */
const ACCOUNT_REJECTED = new Set(['invalid_client', 'deleted_client', 'disabled_client']);

/**
 * What Google answers to a service account that wants to act as somebody. Nothing of a refusal reaches the error.
 *
 * @throws DelegationError, AuthorizationError
 */
export function readDelegatedToken(answer: Answer): { token: string; expiresIn: number } {
  const { status, body, retryAfterMs } = answer;
  if (status === 200) {
    const parsed = refreshed.safeParse(body);
    if (parsed.success) {
      return { token: parsed.data.access_token, expiresIn: parsed.data.expires_in };
    }
    throw unexpected(status);
  }
  if (status === 429 || status >= 500) throw unavailable(status, retryAfterMs);
  const read = refusal.safeParse(body);
  if (!read.success) throw unexpected(status);
  throw toError(status, read.data);
}

function toError(
  status: number,
  { error, error_description: description = '' }: z.infer<typeof refusal>,
): AuthorizationError | DelegationError {
  if (NOT_ALLOWED.has(error)) {
    return new DelegationError(
      'delegation_not_allowed',
      'The service account may not act as people with these scopes. A Workspace administrator must allow it.',
    );
  }
  // “Invalid JWT Signature.”, “Invalid JWT: Token must be a short-lived token…”: about us, not about the person.
  const aboutUs = error === 'invalid_grant' && description.startsWith('Invalid JWT');
  if (aboutUs || ACCOUNT_REJECTED.has(error)) {
    return new AuthorizationError(
      'oauth_client_rejected',
      `Google rejected our service account (${error}). Check that it and its key still exist, and the clock of this machine.`,
    );
  }
  if (error === 'invalid_grant') {
    return new DelegationError(
      'delegation_person_refused',
      'Google knows no active person by this address in the domain that allowed the delegation.',
    );
  }
  return unexpected(status);
}

function unexpected(status: number): AuthorizationError {
  return new AuthorizationError(
    'oauth_response_invalid',
    `Google answered a request to act as somebody in a way that we don't know (HTTP ${status}).`,
  );
}
