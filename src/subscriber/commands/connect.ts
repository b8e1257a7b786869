import { CHAT_MESSAGES_CREATE } from '../../lib/authorization/scopes.ts';
import { connectedCard } from '../../lib/chat/cards.ts';
import type { PersonCommand } from './command.ts';

/** Asks for the consent before it is needed. The asking itself is what happens to every command without one. */
export const connect: PersonCommand = {
  name: 'connect',
  summary: (words) => words.connect.summary,
  only: 'consent',
  as: 'user',
  scopes: [CHAT_MESSAGES_CREATE],
  async run({ request, connection, consented, app, signal, reply, replyForCard }) {
    const { language } = request;
    const words = language.words.connect;
    if (connection.by === 'delegation') return await reply({ text: words.delegated });
    if (consented) return;
    const { email } = connection.grant;
    // An attempt that failed after it had shown the card may have been overtaken by the consent: then the card says so.
    const { already, name } = await replyForCard({ text: words.already(email) });
    if (already)
      await app.patchMessage(
        name,
        { card: connectedCard({ email, missing: [] }, language) },
        signal,
      );
  },
};
