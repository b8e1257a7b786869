import { textCard } from '../../lib/chat/cards.ts';
import type { Grant } from '../../lib/store/store.ts';
import { dayOf, permissionOf } from '../../lib/words/language.ts';
import type { AppCommand, Request } from './command.ts';

/** Which account is connected, what it allows, and since when. */
export const status: AppCommand = {
  name: 'status',
  summary: (words) => words.status.summary,
  as: 'app',
  async run({ request, connection, reply }) {
    const words = request.language.words.status;
    if (connection.by === 'delegation') return await reply({ text: words.delegated });
    const { grant } = connection;
    if (grant === undefined) return await reply({ text: words.notConnected });
    return await reply({ card: statusCard(grant, request) });
  },
};

function statusCard(grant: Grant, { person, timeZone, language }: Request) {
  const words = language.words.status;
  return textCard({
    title: words.title,
    paragraphs: [
      words.account(grant.email ?? person.email ?? person.displayName),
      words.since(dayOf(language, grant.grantedAt, timeZone)),
      words.permissions,
      ...grant.scopes.map((scope) => `• ${permissionOf(language, scope)}`),
    ],
  });
}
