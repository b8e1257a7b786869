import { CHAT_SPACES_CREATE } from '../../lib/authorization/scopes.ts';
import { plainLine } from '../../lib/chat/markup.ts';
import type { PersonCommand } from './command.ts';
import { nameIn, namingObjection, othersIn } from './named-space.ts';

/** Creates a named space with the people mentioned. */
export const space: PersonCommand = {
  name: 'space',
  summary: (words) => words.space.summary,
  example: (words) => words.space.example,
  takes: 'argument',
  as: 'user',
  scopes: [CHAT_SPACES_CREATE],
  refusals: (words) => words.space.refused,
  objection: (request) => namingObjection(request, request.language.words.space.usage),
  async run({ request, chat, step, signal, reply }) {
    const displayName = nameIn(request);
    const people = othersIn(request);
    const { address } = await chat.setUpSpace({ displayName, people }, step('space'), signal);
    await reply({ text: request.language.words.space.made(plainLine(displayName), address.href) });
  },
};
