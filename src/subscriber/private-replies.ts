import type { AppMessage, ChatAsApp, Posted } from '../lib/chat/chat.ts';
import { ChatError, type PosternError } from '../lib/errors.ts';
import type { Request } from './commands/command.ts';

type Content = Pick<AppMessage, 'text' | 'card'>;

/** Messages that only the person who asked can see. */
export interface PrivateReplies {
  /**
   * Answers where the person asked. Where Chat takes no private message, their direct message with the app is used instead;
   * never anything that others can see.
   *
   * @throws ChatError
   */
  send(request: Request, content: Content, step: string, signal: AbortSignal): Promise<Posted>;
}

export function createPrivateReplies(chat: ChatAsApp): PrivateReplies {
  return {
    async send({ id: requestId, person, space, thread }, content, step, signal) {
      if (space.kind === 'dm') {
        return await chat.createMessage(
          space.name,
          { ...content, thread },
          { requestId, step },
          signal,
        );
      }
      try {
        const message = { ...content, thread, privateTo: person.name };
        return await chat.createMessage(space.name, message, { requestId, step }, signal);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        const dm = await chat.findDirectMessage(person.name, signal);
        if (dm === undefined) throw error;
        return await chat.createMessage(dm, content, { requestId, step: `${step}-dm` }, signal);
      }
    },
  };
}

/**
 * A definite no to this very call, which the same call won't change. Being unauthenticated, or not configured, is our own
 * outage instead: it ends when somebody mends it.
 */
export function isRefusal(error: unknown): error is ChatError {
  return error instanceof ChatError && !error.retryable && !isOutage(error);
}

/** Nobody's request is at fault: it waits until this is over. */
export function isOutage(error: PosternError): boolean {
  return (
    error.retryable ||
    error.code === 'chat_unauthenticated' ||
    error.code === 'chat_app_not_configured'
  );
}
