import { CHAT_MEMBERSHIPS_APP } from '../../lib/authorization/scopes.ts';
import { wording } from '../wording.ts';
import type { PersonCommand } from './command.ts';

/** Adds the app itself to the space. A command of its own, because it needs a permission of its own. */
export const addApp: PersonCommand = {
  name: 'add app',
  summary: 'Add me to this space.',
  as: 'user',
  scopes: [CHAT_MEMBERSHIPS_APP],
  refusals: wording.addApp.refused,
  objection: (request) => (request.space.kind === 'dm' ? wording.addApp.here : undefined),
  async run({ request, chat, signal, reply }) {
    const outcome = await chat.createMembership(request.space.name, 'app', signal);
    await reply({ text: outcome === 'here' ? wording.addApp.here : wording.addApp.added });
  },
};
