import { MAX_MESSAGE_BYTES } from '../lib/chat/message-request.ts';
import type { Language } from '../lib/words/language.ts';

/** What is wrong with a text that Chat would not take for its length; undefined if nothing is. */
export function tooLong(text: string, { words, locale }: Language): string | undefined {
  const bytes = Buffer.byteLength(text);
  if (bytes <= MAX_MESSAGE_BYTES) return undefined;
  const number = new Intl.NumberFormat(locale);
  return words.tooLong(number.format(bytes), number.format(MAX_MESSAGE_BYTES));
}
