import type { PersonTokens } from '../lib/authorization/authorization.ts';
import { type Disconnected, disconnectPerson } from '../lib/authorization/disconnect.ts';
import { createAuthorizationServer } from '../lib/authorization/google-authorization.ts';
import { createPersonTokens } from '../lib/authorization/person-tokens.ts';
import { IDENTITY_SCOPES, missingScopes } from '../lib/authorization/scopes.ts';
import { AuthorizationError, SealError } from '../lib/errors.ts';
import type { UserName } from '../lib/names.ts';
import type { Sealer } from '../lib/store/sealer.ts';
import type { AccountStore } from '../lib/store/sqlite/account.ts';
import type { Grant } from '../lib/store/store.ts';
import { type Question, type SignInDeps, signIn } from './sign-in.ts';

/** Why the person is asked to open the browser. */
export type Occasion = 'not-signed-in' | 'permission-missing' | 'sign-in-ended' | 'key-changed';

export interface AccountDeps extends Omit<SignInDeps, 'invite'> {
  store: AccountStore;
  sealer: Sealer;
  /** Shows the person where to consent, and why, and for what. */
  invite: (link: string, why: Occasion, needed: readonly string[]) => Promise<void>;
}

/** Whoever is signed in at this terminal. */
export interface Account {
  /**
   * An access token for these scopes. Whoever isn't signed in, or hasn't given one of them yet, is asked in the browser.
   *
   * @throws SignInError, AuthorizationError, StoreError
   */
  access(scopes: readonly string[], signal: AbortSignal): Promise<Access>;

  /** Ends it, at Google too. */
  signOut(signal: AbortSignal): Promise<Disconnected>;
}

export interface Access {
  user: UserName;
  token: string;
}

export function openAccount(deps: AccountDeps): Account {
  const { store, sealer, oauth, clock } = deps;
  // A refresh and a revocation name no redirect URI; the sign-in has its own.
  const redirectUri = oauth.client.redirectUris[0];
  const server = createAuthorizationServer({ ...oauth, redirectUri, clock });
  const tokens = createPersonTokens({ server, sealer, clock });

  return {
    async access(scopes, signal) {
      const before = await store.current();
      const grant =
        before !== undefined && missingScopes(scopes, before.scopes).length === 0
          ? before
          : await ask(deps, before, scopes, signal);
      try {
        return await accessBy(tokens, grant, signal);
      } catch (error) {
        const why = endOf(error);
        if (why === undefined || grant !== before) throw error;
        if (why === 'sign-in-ended') await store.grants.delete(grant.user, grant.version);
        const renewed = await consent(deps, { scopes, user: undefined, why }, signal);
        return await accessBy(tokens, renewed, signal);
      }
    },

    async signOut(signal) {
      const grant = await store.current();
      if (grant === undefined) return { wasConnected: false, revoked: false };
      return disconnectPerson({ store, sealer, server, tokens }, grant.user, clock(), signal);
    },
  };
}

/**
 * For what is missing, and for what was given before too: what a desktop app doesn't ask for, it doesn't get (Google's guide for
 * them knows no `include_granted_scopes`).
 */
async function ask(
  deps: AccountDeps,
  before: Grant | undefined,
  needed: readonly string[],
  signal: AbortSignal,
): Promise<Grant> {
  if (before === undefined) {
    return consent(deps, { scopes: needed, user: undefined, why: 'not-signed-in' }, signal);
  }
  const scopes = [...before.scopes, ...needed];
  const { user } = before;
  return consent(
    deps,
    { scopes, user, why: 'permission-missing' },
    signal,
    missingScopes(needed, before.scopes),
  );
}

async function consent(
  { store, sealer, clock, invite, ...deps }: AccountDeps,
  { scopes, user, why }: Pick<Question, 'scopes' | 'user'> & { why: Occasion },
  signal: AbortSignal,
  needed = scopes,
): Promise<Grant> {
  const { identity, ...given } = await signIn(
    { ...deps, clock, invite: (link) => invite(link, why, needed) },
    { scopes: [...new Set([...IDENTITY_SCOPES, ...scopes])], needed, user },
    signal,
  );
  const context = { collection: 'grants', owner: identity.user } as const;
  const refreshToken = await sealer.seal(given.refreshToken, context);
  const now = clock();
  const { user: whose, email } = identity;
  return store.save(
    { user: whose, email, scopes: given.scopes, refreshToken, grantedAt: now },
    now,
  );
}

async function accessBy(tokens: PersonTokens, grant: Grant, signal: AbortSignal): Promise<Access> {
  return { user: grant.user, token: await tokens.accessToken(grant, signal) };
}

/** Whether signing in again mends it. */
function endOf(error: unknown): Occasion | undefined {
  if (error instanceof SealError) return 'key-changed';
  const isDead = error instanceof AuthorizationError && error.code === 'grant_revoked';
  return isDead ? 'sign-in-ended' : undefined;
}
