import type { chat_v1 } from '@googleapis/chat';
import { ChatError } from '../errors.ts';
import type { SpaceName, ThreadName } from '../names.ts';
import type { AppMessage, Card, ThreadKey } from './chat.ts';

/** Text and cards of a message together (chat-platform.md, section 5). */
export const MAX_MESSAGE_BYTES = 32_000;

/** Cards have an id, to be told apart in a message of several. Ours have one. */
const CARD_ID = 'postern';

/**
 * A new message, without the identifiers that make it harmless to repeat.
 *
 * @throws ChatError `chat_invalid_request` when it is longer than Chat takes
 */
export function createRequest(
  space: SpaceName,
  { text, card, thread, privateTo }: AppMessage,
): chat_v1.Params$Resource$Spaces$Messages$Create {
  const title = card?.header?.title;
  return {
    parent: space,
    ...(thread === undefined ? {} : { messageReplyOption: 'REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD' }),
    requestBody: withinLimit({
      ...(text === undefined ? {} : { text }),
      ...(card === undefined ? {} : { cardsV2: cards(card) }),
      // What a phone's notification shows of a card.
      ...(title ? { fallbackText: title } : {}),
      ...(thread === undefined ? {} : { thread: threadOf(thread) }),
      ...(privateTo === undefined ? {} : { privateMessageViewer: { name: privateTo } }),
    }),
  };
}

/** What is to change of a message, and to what. */
export type MessageChange = Required<
  Pick<chat_v1.Params$Resource$Spaces$Messages$Patch, 'updateMask' | 'requestBody'>
>;

/**
 * New content for a message that stands: what isn't given is cleared, so that nothing of the old content stays.
 *
 * @throws ChatError `chat_invalid_request` when it is longer than Chat takes
 */
export function replacement({ text = '', card }: Pick<AppMessage, 'text' | 'card'>): MessageChange {
  return {
    updateMask: 'text,cardsV2',
    requestBody: withinLimit({ text, cardsV2: cards(card) }),
  };
}

function threadOf(thread: ThreadName | ThreadKey): chat_v1.Schema$Thread {
  return typeof thread === 'string' ? { name: thread } : { threadKey: thread.key };
}

/**
 * New text for a message that stands; its cards stay.
 *
 * @throws ChatError `chat_invalid_request` when it is longer than Chat takes
 */
export function newText(text: string): MessageChange {
  return { updateMask: 'text', requestBody: withinLimit({ text }) };
}

function cards(card: Card | undefined): chat_v1.Schema$CardWithId[] {
  return card === undefined ? [] : [{ cardId: CARD_ID, card }];
}

function withinLimit(message: chat_v1.Schema$Message): chat_v1.Schema$Message {
  const { text, cardsV2 = [] } = message;
  const bytes =
    Buffer.byteLength(text ?? '') +
    (cardsV2.length > 0 ? Buffer.byteLength(JSON.stringify(cardsV2)) : 0);
  if (bytes <= MAX_MESSAGE_BYTES) return message;
  throw new ChatError(
    'chat_invalid_request',
    `The message has ${bytes} bytes, and Chat takes ${MAX_MESSAGE_BYTES} at most, text and cards together. Shorten it.`,
  );
}
