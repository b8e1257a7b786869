import type { ChatWorld, NewMessage } from './chat-world.ts';
import { messageHappening, type Workshop } from './deliver.ts';
import { markedUpParts, type Rendered, render } from './markup.ts';
import { hasThread, type StoredMessage, type StoredSpace, threadKeyId } from './state.ts';
import type { Moment } from './ticker.ts';

/** What the Chat API asks of the world. Whether it may is the API's business. */
export type Calls = Pick<
  ChatWorld,
  'user' | 'message' | 'hasThread' | 'isTaken' | 'madeBy' | 'post' | 'edit' | 'remove'
>;

export function createCalls(workshop: Workshop): Calls {
  const { book, cast, deliver } = workshop;

  return {
    user: (nameOrAlias) => cast.user(nameOrAlias),
    message: (space, id) => book.message(space, id),
    hasThread: (spaceName, thread) => {
      const space = book.space(spaceName);
      return space !== undefined && hasThread(space, thread);
    },
    isTaken: (space, clientId) => book.space(space)?.clientIds.has(clientId) ?? false,
    madeBy: (requestId) => book.requests.get(requestId),

    async post(message) {
      const space = book.space(message.space);
      if (space === undefined) throw new Error(`There is no ${message.space}`);
      const now = book.now();
      const posted = append(space, message, now);
      remember(space, message, posted);
      book.changed();
      const happening = messageHappening(workshop, space, posted, now);
      if (happening) await deliver(happening);
      return posted;
    },

    edit(message, edit) {
      const { text, ...cards } = edit;
      const { name } = message.resource;
      const changed: StoredMessage = {
        ...message,
        resource: {
          ...(text === undefined ? message.resource : { ...unwritten(message), ...rendered(text) }),
          ...cards,
          lastUpdateTime: book.now().time,
          name,
        },
      };
      book.replace(message, changed);
      book.changed();
      return changed;
    },

    remove(message) {
      book.remove(message);
      book.changed();
    },
  };

  function append(space: StoredSpace, message: NewMessage, now: Moment): StoredMessage {
    const { author, text, content, webhook } = message;
    const viewer = content.privateMessageViewer?.name;
    return book.append(space, {
      now,
      sender: author,
      content: { ...rendered(text), ...content },
      ...threadOf(space, message),
      via: webhook === undefined ? cast.app.id : undefined,
      seenBy: viewer ?? undefined,
    });
  }

  function remember(space: StoredSpace, message: NewMessage, posted: StoredMessage): void {
    const { author, content, thread, requestId } = message;
    const { name } = posted.resource;
    if (content.clientAssignedMessageId) space.clientIds.set(content.clientAssignedMessageId, name);
    if (requestId) book.requests.set(requestId, { principal: author.name, message: name });
    if (thread.kind === 'keyed') {
      space.threadKeys.set(threadKeyId(ownerOf(message), thread.key), posted.resource.thread.name);
    }
  }

  function threadOf(
    space: StoredSpace,
    message: NewMessage,
  ): { thread?: string | undefined; threadKey?: string } {
    const { thread: target } = message;
    switch (target.kind) {
      case 'new':
        return {};
      case 'reply':
        return { thread: target.thread };
      case 'keyed':
        return {
          thread: space.threadKeys.get(threadKeyId(ownerOf(message), target.key)),
          threadKey: target.key,
        };
    }
  }

  /** Whose thread keys count: the app's, or the webhook's. */
  function ownerOf({ webhook }: NewMessage): string {
    return webhook?.id ?? cast.app.id;
  }

  function rendered(text: string): Rendered {
    return text === '' ? {} : render(markedUpParts(text, cast.user));
  }

  function unwritten({ resource }: StoredMessage): StoredMessage['resource'] {
    const { text, formattedText, argumentText, annotations, ...rest } = resource;
    return rest;
  }
}
