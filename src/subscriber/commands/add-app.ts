import { CHAT_MEMBERSHIPS_APP } from '../../lib/authorization/scopes.ts';
import type { PersonCommand } from './command.ts';

/** Adds the app itself to the space. A command of its own, because it needs a permission of its own. */
export const addApp: PersonCommand = {
  name: 'add app',
  summary: (words) => words.addApp.summary,
  as: 'user',
  scopes: [CHAT_MEMBERSHIPS_APP],
  refusals: (words) => words.addApp.refused,
  objection: ({ space, language: { words } }) =>
    space.kind === 'dm' ? words.addApp.here : undefined,
  async run({ request, chat, signal, reply }) {
    const outcome = await chat.createMembership(request.space.name, 'app', signal);
    const { here, added } = request.language.words.addApp;
    await reply({ text: outcome === 'here' ? here : added });
  },
};
