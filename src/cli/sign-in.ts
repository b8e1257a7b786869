import type {
  AuthorizationServer,
  CodeExchange,
  Identity,
} from '../lib/authorization/authorization.ts';
import { createAuthorizationServer } from '../lib/authorization/google-authorization.ts';
import { missingScopes } from '../lib/authorization/scopes.ts';
import {
  mintTicket,
  pkceChallenge,
  type RandomBytes,
  randomToken,
} from '../lib/authorization/ticket.ts';
import type { QueryRefusal } from '../lib/callback/query.ts';
import { type Clock, minutes } from '../lib/clock.ts';
import type { CliOAuthConfig } from '../lib/config/cli-config.ts';
import { AuthorizationError, SignInError } from '../lib/errors.ts';
import type { UserName } from '../lib/names.ts';
import { type Arrival, awaitCallback } from './loopback-callback.ts';

/** How long a person may take with the browser, in milliseconds. */
const PATIENCE_MS = minutes(5);

export interface SignInDeps {
  oauth: CliOAuthConfig;
  allowedDomain: string | undefined;
  clock: Clock;
  randomBytes: RandomBytes;
  /** Shows the person where to consent. */
  invite: (link: string) => Promise<void>;
  /** {@link PATIENCE_MS}, unless a test has less. */
  patienceMs?: number | undefined;
}

export interface Question {
  /** All that is asked for. */
  scopes: readonly string[];
  /** Those without which the sign-in is of no use. */
  needed: readonly string[];
  /** Who has to answer, if it is somebody already. */
  user: UserName | undefined;
}

/** A person who has consented. */
export interface SignedIn {
  identity: Identity;
  refreshToken: string;
  scopes: readonly string[];
}

/**
 * Has a person consent in the browser: PKCE, a random state, a nonce, and a loopback redirect (RFC 8252; Google's guide "OAuth
 * 2.0 for Mobile & Desktop Apps"). Nothing of it is written anywhere before all of it is proven.
 *
 * @throws SignInError, AuthorizationError; whatever `signal` was aborted with
 */
export async function signIn(
  deps: SignInDeps,
  question: Question,
  signal: AbortSignal,
): Promise<SignedIn> {
  const { oauth, randomBytes } = deps;
  const ticket = mintTicket(randomBytes);
  const verifier = randomToken(randomBytes);
  const nonce = randomToken(randomBytes);
  const callback = await awaitCallback({ ...oauth, ticket });
  try {
    const { redirectUri } = callback;
    const server = createAuthorizationServer({ ...deps, ...oauth, redirectUri });
    const challenge = pkceChallenge(verifier);
    await deps.invite(server.consentUrl({ ...question, ticket, challenge, nonce }));
    const arrival = await inTime(callback.arrival, signal, deps.patienceMs ?? PATIENCE_MS);
    return await answering(arrival, async (code) => {
      const exchange = await server.exchangeCode(code, verifier);
      return await check(server, exchange, { ...question, nonce, ...deps });
    });
  } finally {
    await callback.close();
  }
}

async function inTime(
  arrival: Promise<Arrival>,
  signal: AbortSignal,
  patienceMs: number,
): Promise<Arrival> {
  const { promise: given, reject } = Promise.withResolvers<never>();
  const stop = (): void => reject(signal.reason);
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  const late = setTimeout(
    () =>
      reject(
        new SignInError(
          'sign_in_timed_out',
          'Nobody came back from the browser in time. Run the command again.',
        ),
      ),
    patienceMs,
  );
  try {
    return await Promise.race([arrival, given]);
  } finally {
    clearTimeout(late);
    signal.removeEventListener('abort', stop);
  }
}

/** Works on what arrived, and shows the person in the browser what came of it. */
async function answering(
  { answer, show }: Arrival,
  work: (code: string) => Promise<SignedIn>,
): Promise<SignedIn> {
  if ('refusal' in answer) {
    show(answer.refusal === 'declined' ? 'declined' : 'failed');
    throw refused(answer.refusal);
  }
  try {
    const signedIn = await work(answer.code);
    show('success');
    return signedIn;
  } catch (error) {
    show('failed');
    throw error;
  }
}

function refused(refusal: QueryRefusal): SignInError | AuthorizationError {
  if (refusal === 'declined') {
    return new SignInError(
      'sign_in_declined',
      'The permission was not given, so nothing was done. Run the command again if that was a mistake.',
    );
  }
  if (refusal === 'google-unavailable') {
    return new AuthorizationError(
      'oauth_unavailable',
      'Google can’t sign anybody in at the moment. Run the command again later.',
    );
  }
  return new SignInError(
    'sign_in_refused',
    'Google ended the sign-in. An administrator of your organization may have to allow the OAuth client first.',
  );
}

/** The account is one that may sign in, the right one, and has given what is needed. */
async function check(
  server: AuthorizationServer,
  { idToken, refreshToken, scopes }: CodeExchange,
  asked: Question & { nonce: string; allowedDomain: string | undefined },
): Promise<SignedIn> {
  const identity = await server.verifyIdToken(idToken, asked.nonce);
  if (asked.allowedDomain !== undefined && identity.domain !== asked.allowedDomain) {
    throw new SignInError(
      'sign_in_other_domain',
      'This account is not one of the domain in ALLOWED_DOMAIN. Nothing was stored.',
    );
  }
  if (asked.user !== undefined && identity.user !== asked.user) {
    throw new SignInError(
      'sign_in_other_account',
      'This is another account than the one that is signed in here. Nothing was stored. Choose that one, or run sign-out first.',
    );
  }
  const missing = missingScopes(asked.needed, scopes);
  if (missing.length > 0) {
    throw new SignInError(
      'sign_in_permission_missing',
      `The permission that this needs was not ticked: ${missing.join(' ')}. Run the command again, and tick it.`,
    );
  }
  if (refreshToken === undefined) {
    throw new AuthorizationError(
      'oauth_response_invalid',
      'Google gave no refresh token, so the sign-in can’t be kept. Run the command again.',
    );
  }
  return { identity, refreshToken, scopes };
}
