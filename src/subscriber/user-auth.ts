import type { PersonTokens } from '../lib/authorization/authorization.ts';
import type { DelegatedTokens } from '../lib/authorization/delegated-tokens.ts';
import type { Disconnected } from '../lib/authorization/disconnect.ts';
import type { UserName } from '../lib/names.ts';
import type { Grant, GrantStore } from '../lib/store/store.ts';
import type { ConsentPrompts } from './consent-prompt.ts';

/** How the app gets to act as people: each is asked, or an administrator has allowed it for all of them. */
export type UserAuth = ByConsent | ByDelegation;

export interface ByConsent {
  kind: 'consent';
  grants: Pick<GrantStore, 'get' | 'delete'>;
  tokens: PersonTokens;
  prompts: ConsentPrompts;
  disconnect: (user: UserName, signal: AbortSignal) => Promise<Disconnected>;
}

export interface ByDelegation {
  kind: 'delegation';
  tokens: DelegatedTokens;
  /** Nobody else is acted for. */
  allowedDomain: string | undefined;
}

/** What the person has granted, if people are asked at all. */
export async function readGrant(userAuth: UserAuth, user: UserName): Promise<Grant | undefined> {
  return userAuth.kind === 'consent' ? await userAuth.grants.get(user) : undefined;
}
