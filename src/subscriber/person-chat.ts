import type { PersonTokens } from '../lib/authorization/authorization.ts';
import type { Chat, ChatAsPerson } from '../lib/chat/chat.ts';
import { AuthorizationError, ChatError, SealError } from '../lib/errors.ts';
import type { Grant, GrantStore } from '../lib/store/store.ts';
import type { Log } from '../lib/telemetry/log.ts';

/** The person must consent (again) before this can be carried out. */
export class ConsentNeeded extends Error {
  readonly reason: 'permission-missing' | 'connection-ended';
  /** Of the grant that didn't do; 0: there is none any more. Another one is a newer consent. */
  readonly grantVersion: number;

  constructor(reason: ConsentNeeded['reason'], grantVersion: number) {
    super('The person’s consent is needed');
    this.reason = reason;
    this.grantVersion = grantVersion;
  }
}

export interface PersonChatDeps {
  chat: Pick<Chat, 'asPerson'>;
  tokens: PersonTokens;
  grants: Pick<GrantStore, 'delete'>;
  log: Log;
}

/**
 * Chat as a person, with a token that is fetched when first needed. A token that Chat doesn't accept is replaced once. A
 * grant that Google has ended is deleted, unless a newer one has taken its place; one that we can't open is left alone,
 * since its key may come back.
 *
 * @throws ConsentNeeded when the grant is dead, can't be opened, or has too few scopes
 */
export function chatAsPerson(deps: PersonChatDeps, grant: Grant): ChatAsPerson {
  const { chat, tokens, grants, log } = deps;

  const token = async (signal: AbortSignal): Promise<string> => {
    try {
      return await tokens.accessToken(grant, signal);
    } catch (error) {
      if (error instanceof SealError) {
        log.error('a grant can’t be opened: its person is asked to connect again', { error });
        throw new ConsentNeeded('connection-ended', grant.version);
      }
      if (!(error instanceof AuthorizationError) || error.code !== 'grant_revoked') throw error;
      await grants.delete(grant.user, grant.version);
      throw new ConsentNeeded('connection-ended', 0);
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
        throw new ConsentNeeded('permission-missing', grant.version);
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
    createMembership: (space, newcomer, signal) =>
      call(signal, (person) => person.createMembership(space, newcomer, signal)),
    setUpSpace: (space, step, signal) =>
      call(signal, (person) => person.setUpSpace(space, step, signal)),
  };
}
