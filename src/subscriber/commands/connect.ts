import { CHAT_MESSAGES_CREATE } from '../../lib/authorization/scopes.ts';
import { wording } from '../wording.ts';
import type { PersonCommand } from './command.ts';

/** Asks for the consent before it is needed. The asking itself is what happens to every command without one. */
export const connect: PersonCommand = {
  name: 'connect',
  summary: 'Connect your account, so that I can act as you.',
  as: 'user',
  scopes: [CHAT_MESSAGES_CREATE],
  async run({ connection, reply }) {
    if (connection.by === 'delegation') return await reply({ text: wording.delegated.connect });
    const { grant, consented } = connection;
    if (!consented) await reply({ text: wording.alreadyConnected(grant.email) });
  },
};
