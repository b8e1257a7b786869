import { CHAT_MESSAGES_CREATE } from '../../lib/authorization/scopes.ts';
import type { PersonCommand } from './command.ts';

/** Asks for the consent before it is needed. The asking itself is what happens to every command without one. */
export const connect: PersonCommand = {
  name: 'connect',
  summary: (words) => words.connect.summary,
  only: 'consent',
  as: 'user',
  scopes: [CHAT_MESSAGES_CREATE],
  async run({ request, connection, consented, reply }) {
    const words = request.language.words.connect;
    if (connection.by === 'delegation') return await reply({ text: words.delegated });
    if (!consented) await reply({ text: words.already(connection.grant.email) });
  },
};
