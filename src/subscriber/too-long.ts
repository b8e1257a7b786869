import { MAX_MESSAGE_BYTES } from '../lib/chat/message-request.ts';
import { type Language, numberOf } from '../lib/words/language.ts';

/** What is wrong with a text that Chat would not take for its length; undefined if nothing is. */
export function tooLong(text: string, language: Language): string | undefined {
  const bytes = Buffer.byteLength(text);
  if (bytes <= MAX_MESSAGE_BYTES) return undefined;
  return language.words.tooLong(numberOf(language, bytes), numberOf(language, MAX_MESSAGE_BYTES));
}
