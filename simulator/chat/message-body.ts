import type { chat_v1 } from '@googleapis/chat';
import { z } from 'zod';
import { invalid, notSimulated } from './api-error.ts';
import type { MethodCall } from './method.ts';

/** The fields of a message in a request. That each is what the protos say has been seen to by `readJson`. */
const messageBody = z.object({
  text: z.string().default(''),
  fallbackText: z.string().optional(),
  cardsV2: z.custom<chat_v1.Schema$CardWithId[]>().optional(),
  accessoryWidgets: z.custom<chat_v1.Schema$AccessoryWidget[]>().optional(),
  privateMessageViewer: z.object({ name: z.string().default('') }).optional(),
  thread: z.object({ name: z.string().optional(), threadKey: z.string().optional() }).optional(),
});

export type MessageBody = z.infer<typeof messageBody>;

/** Fields of Chat's that change what a message is, and that the simulator knows nothing about. */
const NOT_SIMULATED = [
  'cards',
  'attachment',
  'quotedMessageMetadata',
  'actionResponse',
  'createTime',
];

const MAX_BYTES = 32_000;
const MAX_WIDGETS = 100;

/** @throws ApiError when the principal may not send such a message */
export function readMessageBody({ principal, body }: MethodCall): MessageBody {
  const unknown = NOT_SIMULATED.find((field) => body[field] !== undefined);
  if (unknown !== undefined) throw notSimulated(`\`${unknown}\` in messages`);
  if (body['markupSyntax'] === 'MARKUP_SYNTAX_MARKDOWN') throw notSimulated('Markdown');
  if (body['clientAssignedMessageId'] !== undefined) {
    throw invalid('To name a message, set the query parameter `messageId`.');
  }
  const message = messageBody.parse(body);
  if (principal.kind === 'person') checkPlain(message);
  checkSize(message);
  checkCardIds(message.cardsV2 ?? []);
  return { ...message, ...(message.cardsV2 ? { cardsV2: message.cardsV2.map(shown) } : {}) };
}

/** People send text only (create-messages guide). */
function checkPlain({ cardsV2, accessoryWidgets, privateMessageViewer }: MessageBody): void {
  if (cardsV2 && cardsV2.length > 0) {
    throw invalid('Message cannot have cards for requests carrying human credentials.');
  }
  if (accessoryWidgets && accessoryWidgets.length > 0) {
    throw invalid('Message cannot have accessory widgets for requests carrying human credentials.');
  }
  if (privateMessageViewer) {
    throw invalid('Message cannot be private for requests carrying human credentials.');
  }
}

export function checkNotEmpty({ text, cardsV2 }: Pick<MessageBody, 'text' | 'cardsV2'>): void {
  if (text === '' && (cardsV2 ?? []).length === 0) throw invalid('Message cannot be empty.');
}

function checkSize({ text, fallbackText, cardsV2, accessoryWidgets }: MessageBody): void {
  const parts = [text, fallbackText ?? '', json(cardsV2), json(accessoryWidgets)];
  const bytes = parts.reduce((sum, part) => sum + Buffer.byteLength(part), 0);
  if (bytes > MAX_BYTES) {
    throw invalid(`Message is too long: ${bytes} bytes, and ${MAX_BYTES} are the most.`);
  }
}

function json(value: unknown): string {
  return value === undefined ? '' : JSON.stringify(value);
}

function checkCardIds(cards: readonly chat_v1.Schema$CardWithId[]): void {
  if (cards.some(({ card }) => card === undefined)) throw invalid('Every card needs a `card`.');
  const ids = cards.map(({ cardId }) => cardId || undefined);
  if (cards.length > 1 && (ids.includes(undefined) || new Set(ids).size < ids.length)) {
    throw invalid('With several cards, each needs a `cardId` of its own.');
  }
}

/** Chat shows a hundred widgets of a card, and ignores the section that goes beyond and all after it (cards reference). */
function shown({ card, ...rest }: chat_v1.Schema$CardWithId): chat_v1.Schema$CardWithId {
  if (card?.sections === undefined) return { ...rest, ...(card === undefined ? {} : { card }) };
  let widgets = 0;
  const beyond = card.sections.findIndex((section) => {
    widgets += section.widgets?.length ?? 0;
    return widgets > MAX_WIDGETS;
  });
  const sections = beyond === -1 ? card.sections : card.sections.slice(0, beyond);
  return { ...rest, card: { ...card, sections } };
}
