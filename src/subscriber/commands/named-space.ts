import { MAX_OTHERS, MAX_SPACE_NAME } from '../../lib/chat/chat.ts';
import { plainLine } from '../../lib/chat/markup.ts';
import type { UserName } from '../../lib/names.ts';
import type { Request } from './command.ts';

/** What commands share that make a space of the words and people that a request names. */

/** What is wrong with the name or the people, if anything. */
export function namingObjection(request: Request, usage: string): string | undefined {
  const words = request.language.words.space;
  const name = nameIn(request);
  if (plainLine(name) === '') return usage;
  if (name.length > MAX_SPACE_NAME) return words.nameTooLong(MAX_SPACE_NAME);
  return othersIn(request).length > MAX_OTHERS ? words.tooMany(MAX_OTHERS) : undefined;
}

/** Whoever creates a space is in it. */
export function othersIn({ mentions, person }: Request): UserName[] {
  return mentions.map(({ name }) => name).filter((name) => name !== person.name);
}

const QUOTED = /^(?:"([^"]*)"|“([^”]*)”|„([^“”]*)[“”]|«([^»]*)»|'([^']*)'|‘([^’]*)’)/;

/** What is in quotes, or all the words, in one line. */
export function nameIn({ argument }: Request): string {
  const quoted = QUOTED.exec(argument)
    ?.slice(1)
    .find((name) => name !== undefined);
  return (quoted ?? argument).replace(/\s+/g, ' ').trim();
}
