import { type DelegatedTokens, refuseOtherDomains } from '../lib/authorization/delegated-tokens.ts';
import { DelegationError } from '../lib/errors.ts';
import type { Person } from '../lib/interactions/interaction.ts';
import type { PersonCredentials } from './person-chat.ts';

export interface DelegatedCredentialsDeps {
  tokens: DelegatedTokens;
  /** Nobody else is acted for. Undefined: whoever Google lets us be. */
  allowedDomain: string | undefined;
}

/**
 * What an administrator has allowed for everybody: the person is known by the address that Chat told with the event.
 *
 * @throws DelegationError when Chat told none, or one of another domain
 */
export function delegatedCredentials(
  { tokens, allowedDomain }: DelegatedCredentialsDeps,
  person: Person,
  scopes: readonly string[],
): PersonCredentials {
  const who = { email: addressOf(person, allowedDomain), scopes };
  return {
    user: person.name,
    accessToken: (signal) => tokens.accessToken(who, signal),
    drop: () => tokens.drop(who),
    // It has what the command asked for: asking again would bring the same.
    scopeMissing: (error) => error,
  };
}

function addressOf({ email }: Person, allowedDomain: string | undefined): string {
  if (email === undefined) {
    throw new DelegationError(
      'delegation_address_missing',
      'Chat told no e-mail address of the person, so nobody can be acted for.',
    );
  }
  refuseOtherDomains(email, allowedDomain);
  return email;
}
