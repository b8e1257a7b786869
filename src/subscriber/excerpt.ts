import { plainLine, shortened } from '../lib/chat/markup.ts';
import type { Mention } from '../lib/interactions/interaction.ts';

/** In UTF-16 units. Twenty of them fit into a card. */
const MAX_EXCERPT = 80;

/** How somebody's own text begins, in one plain line: people by their names, links by their labels. */
export function excerpt(markup: string, mentions: readonly Mention[]): string {
  const words = markup
    .replace(/<(users\/[^<>|\s]+)>/g, (_, name: string) => `@${nameOf(name, mentions)}`)
    .replace(/<[^<>|\s]+\|([^<>]*)>/g, '$1');
  return shortened(plainLine(words), MAX_EXCERPT);
}

function nameOf(user: string, mentions: readonly Mention[]): string {
  if (user === 'users/all') return 'all';
  return mentions.find(({ name }) => name === user)?.displayName ?? '…';
}
