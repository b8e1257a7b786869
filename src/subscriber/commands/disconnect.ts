import type { AppCommand } from './command.ts';

/** Ends the person's grant at Google, and forgets everything of them, also when Google can't be told. */
export const disconnect: AppCommand = {
  name: 'disconnect',
  summary: (words) => words.disconnect.summary,
  only: 'consent',
  as: 'app',
  async run({ request, connection, reply }) {
    const { words } = request.language;
    if (connection.by === 'delegation') return await reply({ text: words.disconnect.delegated });
    const { wasConnected, revoked } = await connection.disconnect();
    if (!wasConnected) return await reply({ text: words.disconnect.notConnected });
    return await reply({ text: revoked ? words.disconnect.done : words.disconnect.hereOnly });
  },
};
