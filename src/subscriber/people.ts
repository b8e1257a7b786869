import { plainLine, shortened } from '../lib/chat/markup.ts';
import type { Mention } from '../lib/interactions/interaction.ts';
import { type Language, listOf } from '../lib/words/language.ts';

/** Longer names are cut: a list of a hundred of these fits into a message. In UTF-16 units. */
export const MAX_NAME = 60;

/** A name that somebody chose, as {@link plainLine} leaves it, cut. Empty where there is none. */
export function plainName(displayName = ''): string {
  return shortened(plainLine(displayName), MAX_NAME);
}

/** Somebody in a text that only the person who asked can see: by name, or by a mention where Chat told none. */
export function shownName({ name, displayName }: Mention): string {
  return plainName(displayName) || `<${name}>`;
}

/** `Ana, Bruno, and Carla`, as the reader's language has it. */
export function listed(people: readonly Mention[], language: Language): string {
  return listOf(language, people.map(shownName));
}
