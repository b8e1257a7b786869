import type { GoogleAuth } from 'google-auth-library';
import { z } from 'zod';
import { AuthorizationError } from '../errors.ts';
import { bearerFor } from './bearer.ts';
import { postJson } from './post.ts';
import { unlessAborted } from './token-cache.ts';
import { unavailable } from './token-endpoint.ts';

/** Google's, unless configured otherwise. */
export const GOOGLE_IAM_CREDENTIALS_URL = 'https://iamcredentials.googleapis.com';

export interface IamOptions {
  iamCredentialsUrl: string;
  timeoutMs: number;
}

const signed = z.object({ signedJwt: z.string().min(1).max(16_384) });

/**
 * Has a service account's JWT signed by IAM, so that there is no key to be kept (IAM Credentials API,
 * `projects.serviceAccounts.signJwt`).
 *
 * @throws AuthorizationError, retryable: what IAM refuses, whoever runs Postern has to mend
 */
export async function signRemotely(
  auth: GoogleAuth,
  email: string,
  claims: Readonly<Record<string, string | number>>,
  { iamCredentialsUrl, timeoutMs }: IamOptions,
  signal: AbortSignal,
): Promise<string> {
  const bearer = await unlessAborted(authorization(auth, iamCredentialsUrl), signal);
  const path = `/v1/projects/-/serviceAccounts/${encodeURIComponent(email)}:signJwt`;
  const { status, body, retryAfterMs } = await postJson(
    new URL(path, iamCredentialsUrl).href,
    { payload: JSON.stringify(claims) },
    bearer,
    { timeoutMs, signal },
  );
  if (status === 429 || status >= 500) throw unavailable(status, retryAfterMs);
  const answer = signed.safeParse(body);
  if (status === 200 && answer.success) return answer.data.signedJwt;
  throw new AuthorizationError(
    'oauth_client_rejected',
    `IAM did not sign for the service account (HTTP ${status}). Check that the IAM Service Account Credentials API is on, and ` +
      'that the subscriber’s account has roles/iam.serviceAccountTokenCreator on the account to act through.',
  );
}

async function authorization(auth: GoogleAuth, url: string): Promise<string> {
  const bearer = await bearerFor(auth, url);
  if (bearer !== undefined) return bearer;
  throw new AuthorizationError(
    'oauth_unavailable',
    'The subscriber’s own credentials can’t be fetched right now. The call can be repeated as it is.',
  );
}
