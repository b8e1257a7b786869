import type { Chat, ChatAsPerson } from '../lib/chat/chat.ts';
import { ChatError } from '../lib/errors.ts';
import type { UserName } from '../lib/names.ts';

/** What lets the app act as one person, for one command. */
export interface PersonCredentials {
  user: UserName;
  accessToken(signal: AbortSignal): Promise<string>;
  /** Chat did not accept the token: it is not to be given again. */
  drop(): void;
  /** What it means that Chat finds the token's scopes too few. */
  scopeMissing(error: ChatError): Error;
}

/**
 * Chat as a person, with a token that is fetched when first needed. A token that Chat doesn't accept is replaced once.
 *
 * @throws whatever the credentials throw, and ChatError
 */
export function chatAsPerson(
  chat: Pick<Chat, 'asPerson'>,
  credentials: PersonCredentials,
): ChatAsPerson {
  const attempt = async <T>(
    signal: AbortSignal,
    call: (chat: ChatAsPerson) => Promise<T>,
  ): Promise<T> => {
    const token = await credentials.accessToken(signal);
    try {
      return await call(chat.asPerson(credentials.user, token));
    } catch (error) {
      if (error instanceof ChatError && error.code === 'chat_scope_missing') {
        throw credentials.scopeMissing(error);
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
      credentials.drop();
      return await attempt(signal, work);
    }
  };

  return {
    createMessage: (space, message, step, signal) =>
      call(signal, (person) => person.createMessage(space, message, step, signal)),
    updateText: (name, text, signal) =>
      call(signal, (person) => person.updateText(name, text, signal)),
    listMembers: (space, signal) => call(signal, (person) => person.listMembers(space, signal)),
    createMembership: (space, newcomer, signal) =>
      call(signal, (person) => person.createMembership(space, newcomer, signal)),
    setUpSpace: (space, step, signal) =>
      call(signal, (person) => person.setUpSpace(space, step, signal)),
  };
}
