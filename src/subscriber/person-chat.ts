import type { PersonTokens } from '../lib/authorization/authorization.ts';
import type { Chat, ChatAsPerson } from '../lib/chat/chat.ts';
import { AuthorizationError, ChatError } from '../lib/errors.ts';
import type { Grant, GrantStore } from '../lib/store/store.ts';

/** The person must consent (again) before this can be carried out. */
export class ConsentNeeded extends Error {
  readonly reason: 'permission-missing' | 'connection-ended';

  constructor(reason: ConsentNeeded['reason']) {
    super('The person’s consent is needed');
    this.reason = reason;
  }
}

export interface PersonChatDeps {
  chat: Pick<Chat, 'asPerson'>;
  tokens: PersonTokens;
  grants: Pick<GrantStore, 'delete'>;
}

/**
 * Chat as a person, with a token that is fetched when first needed. A token that Chat doesn't accept is replaced once; a
 * grant that Google has ended is deleted, unless a newer one has taken its place.
 *
 * @throws ConsentNeeded when the grant is dead or has too few scopes
 */
export function chatAsPerson({ chat, tokens, grants }: PersonChatDeps, grant: Grant): ChatAsPerson {
  const token = async (signal: AbortSignal): Promise<string> => {
    try {
      return await tokens.accessToken(grant, signal);
    } catch (error) {
      if (!(error instanceof AuthorizationError) || error.code !== 'grant_revoked') throw error;
      await grants.delete(grant.user, grant.version);
      throw new ConsentNeeded('connection-ended');
    }
  };

  const attempt = async <T>(
    signal: AbortSignal,
    call: (chat: ChatAsPerson) => Promise<T>,
  ): Promise<T> => {
    try {
      return await call(chat.asPerson(grant.user, await token(signal)));
    } catch (error) {
      if (error instanceof ChatError && error.code === 'chat_scope_missing') {
        throw new ConsentNeeded('permission-missing');
      }
      throw error;
    }
  };

  const call = async <T>(
    signal: AbortSignal,
    work: (chat: ChatAsPerson) => Promise<T>,
  ): Promise<T> => {
    try {
      return await attempt(signal, work);
    } catch (error) {
      if (!(error instanceof ChatError) || error.code !== 'chat_unauthenticated') throw error;
      tokens.drop(grant);
      return await attempt(signal, work);
    }
  };

  return {
    createMessage: (space, message, step, signal) =>
      call(signal, (person) => person.createMessage(space, message, step, signal)),
  };
}
