import { neutralizeMarkup } from '../chat/markup.ts';
import type { ThreadName } from '../names.ts';
import type { WrittenMessage } from './interaction.ts';
import {
  markupWithoutApps,
  peopleMentioned,
  textWithoutApps,
  textWithoutMentions,
} from './mentions.ts';
import type { WireMessage } from './wire.ts';

/**
 * What a person wrote to the app, without whom they wrote it to.
 *
 * @param isSlashCommand whether the leading `/command` is to go, too
 */
export function writtenMessage(
  message: WireMessage,
  thread: ThreadName | undefined,
  isSlashCommand: boolean,
): WrittenMessage {
  const word = isSlashCommand ? commandWord(message) : '';
  const argument = argumentOf(message, word);
  const mentions = peopleMentioned(message);
  const words = wordsOf(message, word);
  return {
    ...(message.name === undefined ? {} : { name: message.name }),
    ...(thread === undefined ? {} : { thread }),
    argument,
    markup: markupOf(message, word) ?? neutralizeMarkup(argument),
    ...(mentions.length === 0 ? {} : { mentions }),
    ...(words === undefined ? {} : { words }),
  };
}

/** Chat leaves out `argumentText` after a bare mention and after a bare slash command (real captures). */
function argumentOf(message: WireMessage, word: string): string {
  const argument = message.argumentText ?? withoutWord(textWithoutApps(message), word) ?? '';
  return argument.trim();
}

/** Undefined when nobody but apps is mentioned. */
function wordsOf(message: WireMessage, word: string): string | undefined {
  const words = textWithoutMentions(message);
  return words === textWithoutApps(message) ? undefined : withoutWord(words, word)?.trim();
}

/**
 * `formattedText` as far as it was meant for others than the app. Undefined when Chat sent none, or when it can't be trusted:
 * markup that stands in the plain text, too, was typed literally, and posting it would make it work.
 */
function markupOf(message: WireMessage, word: string): string | undefined {
  const { text = '', formattedText = '' } = message;
  if (text === '' || formattedText === '') return undefined;
  const typed = textWithoutApps(message);
  if (neutralizeMarkup(typed) !== typed) return undefined;
  const markup = markupWithoutApps(message, formattedText);
  return markup === undefined ? undefined : withoutWord(markup, word)?.trim();
}

/** `/command`, as it leads the text; empty when none does. */
function commandWord(message: WireMessage): string {
  const text = textWithoutApps(message).trimStart();
  const annotation = message.annotations.find(({ slashCommand }) => slashCommand !== undefined);
  const name = annotation?.slashCommand?.commandName ?? '/';
  if (name.length > 1 && text.startsWith(name)) return name;
  return /^\/\S+/.exec(text)?.[0] ?? '';
}

/** What comes after the leading word; undefined when another word leads. */
function withoutWord(text: string, word: string): string | undefined {
  const trimmed = text.trimStart();
  return trimmed.startsWith(word) ? trimmed.slice(word.length) : undefined;
}
