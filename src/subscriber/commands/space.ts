import { CHAT_SPACES_CREATE } from '../../lib/authorization/scopes.ts';
import { MAX_OTHERS, MAX_SPACE_NAME } from '../../lib/chat/chat.ts';
import { plainLine } from '../../lib/chat/markup.ts';
import type { UserName } from '../../lib/names.ts';
import type { PersonCommand, Request } from './command.ts';

/** Creates a named space with the people mentioned. */
export const space: PersonCommand = {
  name: 'space',
  summary: (words) => words.space.summary,
  example: (words) => words.space.example,
  takes: 'argument',
  as: 'user',
  scopes: [CHAT_SPACES_CREATE],
  refusals: (words) => words.space.refused,
  objection(request) {
    const words = request.language.words.space;
    const name = nameIn(request.argument);
    if (name === '') return words.usage;
    if (name.length > MAX_SPACE_NAME) return words.nameTooLong(MAX_SPACE_NAME);
    return others(request).length > MAX_OTHERS ? words.tooMany(MAX_OTHERS) : undefined;
  },
  async run({ request, chat, step, signal, reply }) {
    const displayName = nameIn(request.argument);
    const people = others(request);
    const { address } = await chat.setUpSpace({ displayName, people }, step('space'), signal);
    await reply({ text: request.language.words.space.made(plainLine(displayName), address.href) });
  },
};

/** Whoever creates a space is in it. */
function others({ mentions, person }: Request): UserName[] {
  return mentions.map(({ name }) => name).filter((name) => name !== person.name);
}

const QUOTED = /^(?:"([^"]*)"|“([^”]*)”|„([^“”]*)[“”]|«([^»]*)»|'([^']*)'|‘([^’]*)’)/;

/** What is in quotes, or all the words, in one line. */
function nameIn(argument: string): string {
  const quoted = QUOTED.exec(argument)
    ?.slice(1)
    .find((name) => name !== undefined);
  return (quoted ?? argument).replace(/\s+/g, ' ').trim();
}
