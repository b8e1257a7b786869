import { sign as signBytes } from 'node:crypto';
import { GoogleAuth, JWT } from 'google-auth-library';
import { z } from 'zod';
import { AuthorizationError } from '../errors.ts';
import { signRemotely } from './iam-credentials.ts';
import { CLOUD_PLATFORM } from './scopes.ts';
import { unlessAborted } from './token-cache.ts';

/** The service account that an administrator has allowed to act as people. */
export interface DelegationAccount {
  email: string;
  /** What an administrator has to enter. Only key files tell it. */
  clientId: string | undefined;
}

/** What a JWT says, apart from who issued it. */
export type Claims = Readonly<Record<string, string | number>>;

/** Signs JWTs in a service account's name. Both methods throw `AuthorizationError`, retryable. */
export interface AssertionSigner {
  account(): Promise<DelegationAccount>;
  sign(claims: Claims, signal: AbortSignal): Promise<string>;
}

export interface AssertionSignerOptions {
  /** Whose name to sign in, if not that of the Application Default Credentials. */
  account: string | undefined;
  iamCredentialsUrl: string;
  /** How long a call may take, in milliseconds. */
  timeoutMs: number;
}

/** A signer, once it is known how. */
interface Resolved {
  account: DelegationAccount;
  sign(claims: Claims, signal: AbortSignal): Promise<string>;
}

/**
 * Signs with the key file of the Application Default Credentials; without one, or in another account's name, has IAM sign.
 * Not with google-auth-library's own `subject`: that ignores `token_uri`, repeats calls, and its errors tell too much
 * (feasibility.md, section 5; security-reliability.md, A7). Nothing is read before the first call.
 */
export function createAssertionSigner(options: AssertionSignerOptions): AssertionSigner {
  const auth = new GoogleAuth({ scopes: [CLOUD_PLATFORM] });
  // A key file needs no token round trip for IAM either (AIP-4111).
  auth.useJWTAccessWithScope = true;
  auth.defaultServicePath = 'iamcredentials.googleapis.com';

  let resolving: Promise<Resolved> | undefined;
  const resolved = (): Promise<Resolved> => {
    const timeout = AbortSignal.timeout(options.timeoutMs);
    // A failure is not remembered: the metadata server may only be late.
    resolving ??= unlessAborted(resolve(auth, options), timeout).catch((error: unknown) => {
      resolving = undefined;
      throw unusable(error);
    });
    return resolving;
  };
  return {
    account: async () => (await resolved()).account,
    async sign(claims, signal) {
      const { sign } = await resolved();
      try {
        return await sign(claims, signal);
      } catch (error) {
        throw unusable(error);
      }
    },
  };
}

async function resolve(auth: GoogleAuth, options: AssertionSignerOptions): Promise<Resolved> {
  const client = await auth.getClient();
  const file = keyFile.safeParse(auth.jsonContent).data;
  if (options.account === undefined && client instanceof JWT && file !== undefined) {
    return {
      account: { email: file.client_email, clientId: file.client_id },
      sign: async (claims) => signLocally(file, claims),
    };
  }
  const email = options.account ?? (await auth.getCredentials()).client_email;
  if (email === undefined) {
    throw new AuthorizationError(
      'oauth_client_rejected',
      'The credentials are not those of a service account: set DELEGATION_ACCOUNT to the one to act through.',
    );
  }
  const clientId = file?.client_email === email ? file.client_id : undefined;
  return {
    account: { email, clientId },
    sign: (claims, signal) => signRemotely(auth, email, { iss: email, ...claims }, options, signal),
  };
}

const keyFile = z.object({
  client_email: z.string(),
  client_id: z.string().optional(),
  private_key: z.string(),
  private_key_id: z.string().optional(),
});

function signLocally(file: z.infer<typeof keyFile>, claims: Claims): string {
  const header = { alg: 'RS256', typ: 'JWT', kid: file.private_key_id };
  const body = [header, { iss: file.client_email, ...claims }]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const signature = signBytes('RSA-SHA256', Buffer.from(body), file.private_key);
  return `${body}.${signature.toString('base64url')}`;
}

/** Without a cause: the library's errors may hold what was read. */
function unusable(error: unknown): AuthorizationError {
  if (error instanceof AuthorizationError) return error;
  return new AuthorizationError(
    'oauth_client_rejected',
    'The service account’s credentials can’t be used. Check what GOOGLE_APPLICATION_CREDENTIALS names, or the metadata server.',
  );
}
