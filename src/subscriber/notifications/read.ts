import type { Message } from '@google-cloud/pubsub';
import { z } from 'zod';
import type { AppMessage, Card } from '../../lib/chat/chat.ts';
import { neutralizeMarkup } from '../../lib/chat/markup.ts';
import { webhookName } from '../../lib/config/webhooks.ts';
import { sha256 } from '../../lib/interactions/request-id.ts';
import { spaceName } from '../../lib/names.ts';
import { faultInCard, withPlainTexts } from './card.ts';
import type { Mistake, ReadNotification, Target } from './notification.ts';

/** Far more than Chat takes (32,000 bytes of text and card), whatever the JSON around it and its escapes take. */
const MAX_BYTES = 256 * 1024;

const name = z.string().min(1).max(200);

/** What producers publish. Strict: a field that is misspelt is told, rather than left out of the message. */
const published = z.strictObject({
  space: spaceName.optional(),
  webhook: webhookName.optional(),
  text: z.string().regex(/\S/).optional(),
  card: z.custom<Card>(isObject).optional(),
  key: name.optional(),
  thread: name.optional(),
  markup: z.boolean().default(false),
});
type Published = z.infer<typeof published>;

/** Never throws, whatever was published. */
export function readNotification({
  id,
  data,
  publishTime,
}: Pick<Message, 'id' | 'data'> & {
  publishTime: Pick<Message['publishTime'], 'getFullTime'>;
}): ReadNotification {
  if (data.byteLength > MAX_BYTES) return invalid('too-large');
  const json = parseJson(data);
  if (json === undefined) return invalid('not-json');
  const { data: fields, error } = published.safeParse(json);
  if (error !== undefined) return invalid('fields', namesIn(error));

  const target = targetOf(fields);
  if (target === undefined) return invalid('target', ['space', 'webhook']);
  const { text, card, key, thread, markup } = fields;
  if ((text === undefined) === (card === undefined)) return invalid('content', ['text', 'card']);
  const fault = card === undefined ? undefined : faultInCard(card, markup);
  if (fault !== undefined) return invalid(fault, ['card']);
  return {
    outcome: 'notification',
    notification: {
      id: sha256(['notification', id]),
      publishedAt: publishTime.getFullTime(),
      target,
      content: contentOf(fields),
      key,
      thread,
    },
  };
}

function invalid(reason: Mistake, fields: readonly string[] = []): ReadNotification {
  return { outcome: 'invalid', reason, fields };
}

function parseJson(data: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(data));
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Names only, and only what looks like the name of a field: anything else could be what somebody wrote. */
function namesIn({ issues }: z.ZodError): string[] {
  const names = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys : issue.path.slice(0, 1).map(String),
  );
  return [...new Set(names.map((field) => (/^[A-Za-z_]{1,30}$/.test(field) ? field : '?')))];
}

function targetOf({ space, webhook }: Published): Target | undefined {
  if (space !== undefined && webhook === undefined) return { kind: 'space', space };
  if (webhook !== undefined && space === undefined) return { kind: 'webhook', webhook };
  return undefined;
}

/** No person has written it: unless the producer wants markup, nothing in it mentions anybody or hides where a link leads. */
function contentOf({ text, card, markup }: Published): Pick<AppMessage, 'text' | 'card'> {
  return {
    ...(text === undefined ? {} : { text: markup ? text : neutralizeMarkup(text) }),
    ...(card === undefined ? {} : { card: markup ? card : withPlainTexts(card) }),
  };
}
