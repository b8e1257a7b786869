import { type Clock, hours, seconds } from '../clock.ts';
import { DelegationError } from '../errors.ts';
import type { Log } from '../telemetry/log.ts';
import type { AssertionSigner } from './assertion-signer.ts';
import type { AccessToken } from './authorization.ts';
import { readDelegatedToken } from './delegation-answer.ts';
import { postForm } from './post.ts';
import { createTokenCache, type NoteFetch } from './token-cache.ts';

/** Google's, unless configured otherwise. */
export const GOOGLE_TOKEN_URL = 'https://oauth2.googleapis.com/token';

/** As whom to act, and for what. */
export interface Impersonation {
  email: string;
  scopes: readonly string[];
}

/** Access tokens of people who were never asked: an administrator has allowed it for their whole domain. */
export interface DelegatedTokens {
  /**
   * A valid access token: one exchange at a time per person and scopes, kept in memory until a minute before it expires.
   *
   * @throws DelegationError when it is not allowed, or Google knows no such person
   * @throws AuthorizationError when Google, or the service account, is out of order
   */
  accessToken(who: Impersonation, signal: AbortSignal): Promise<string>;

  /** Drops what is kept: Chat did not accept it. */
  drop(who: Impersonation): void;
}

export interface DelegatedTokensDeps {
  signer: AssertionSigner;
  tokenUrl: string;
  clock: Clock;
  /** How long the exchange may take, in milliseconds. */
  timeoutMs: number;
  log: Log;
  noteFetch?: NoteFetch;
}

/** Domain-wide delegation (Google's guide "OAuth 2.0 for server to server applications"). */
export function createDelegatedTokens(deps: DelegatedTokensDeps): DelegatedTokens {
  const cache = createTokenCache(deps.clock, deps.noteFetch);
  return {
    accessToken: (who, signal) => cache.get(keyOf(who), () => fetchToken(deps, who), signal),
    drop: (who) => cache.drop(keyOf(who)),
  };
}

/** @throws DelegationError when nobody with this address may be acted for */
export function refuseOtherDomains(email: string, allowedDomain: string | undefined): void {
  if (allowedDomain === undefined || email.toLowerCase().endsWith(`@${allowedDomain}`)) return;
  throw new DelegationError(
    'delegation_person_refused',
    'The person’s address is not one of the domain in ALLOWED_DOMAIN.',
  );
}

function keyOf({ email, scopes }: Impersonation): string {
  // JSON keeps the parts apart, whatever an event calls an address.
  return JSON.stringify([email, ...scopes.toSorted()]);
}

async function fetchToken(deps: DelegatedTokensDeps, who: Impersonation): Promise<AccessToken> {
  try {
    return await exchange(deps, who);
  } catch (error) {
    if (error instanceof DelegationError && error.code === 'delegation_not_allowed') {
      await tellOperator(deps, who.scopes);
    }
    throw error;
  }
}

/** Signs that we are the service account and whom we want to be, and hands that in (RFC 7523, section 2.1). Once. */
async function exchange(
  { signer, tokenUrl, clock, timeoutMs }: DelegatedTokensDeps,
  { email, scopes }: Impersonation,
): Promise<AccessToken> {
  const now = clock();
  const claims = {
    sub: email,
    scope: scopes.join(' '),
    aud: tokenUrl,
    iat: Math.floor(now / 1000),
    exp: Math.floor((now + hours(1)) / 1000),
  };
  const assertion = await signer.sign(claims, AbortSignal.timeout(timeoutMs));
  const form = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion };
  const { token, expiresIn } = readDelegatedToken(await postForm(tokenUrl, form, { timeoutMs }));
  return { token, expiresAt: clock() + seconds(expiresIn) };
}

async function tellOperator(
  { signer, log }: DelegatedTokensDeps,
  scopes: readonly string[],
): Promise<void> {
  const { email, clientId } = await signer.account();
  log.error(
    'a Workspace administrator must allow domain-wide delegation, for these scopes, to the service account’s client id ' +
      '(its unique ID, a number) at https://admin.google.com/ac/owl/domainwidedelegation',
    { serviceAccount: email, clientId, scopes: scopes.join(' ') },
  );
}
