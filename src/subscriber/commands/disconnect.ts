import { wording } from '../wording.ts';
import type { AppCommand } from './command.ts';

/** Ends the person's grant at Google, and forgets everything of them, also when Google can't be told. */
export const disconnect: AppCommand = {
  name: 'disconnect',
  summary: 'End the connection to your account; I forget everything of you.',
  as: 'app',
  async run({ connection, reply }) {
    if (connection.by === 'delegation') return await reply({ text: wording.delegated.disconnect });
    const { wasConnected, revoked } = await connection.disconnect();
    if (!wasConnected) return await reply({ text: wording.notConnected });
    return await reply({ text: revoked ? wording.disconnected : wording.disconnectedHereOnly });
  },
};
