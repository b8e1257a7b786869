import { plainLine } from '../lib/chat/markup.ts';
import type { Mention } from '../lib/interactions/interaction.ts';
import { type Language, listOf } from '../lib/words/language.ts';

/** Longer names are cut: a list of a hundred of these fits into a message. In UTF-16 units. */
const MAX_NAME = 60;

/** Somebody in a text that only the person who asked can see: by name, or by a mention where Chat told none. */
export function shownName({ name, displayName = '' }: Mention): string {
  const plain = plainLine(displayName);
  if (plain === '') return `<${name}>`;
  return plain.length <= MAX_NAME ? plain : `${plain.slice(0, MAX_NAME - 1).toWellFormed()}…`;
}

/** `Ana, Bruno, and Carla`, as the reader's language has it. */
export function listed(people: readonly Mention[], language: Language): string {
  return listOf(language, people.map(shownName));
}
