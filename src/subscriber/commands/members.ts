import type { Member } from '../../lib/chat/chat.ts';
import type { Mention } from '../../lib/interactions/interaction.ts';
import { type Language, numberOf } from '../../lib/words/language.ts';
import { listed, shownName } from '../people.ts';
import type { AppCommand } from './command.ts';

/** How many of a kind are listed by name. */
const MAX_LISTED = 100;

/** Who is in the space; or, of the people mentioned, who isn't. */
export const members: AppCommand = {
  name: 'members',
  summary: (words) => words.members.summary,
  example: (words) => words.members.example,
  takes: 'argument',
  as: 'app',
  refusals: (words) => words.members.refused,
  objection: ({ argument, mentions, language: { words } }) =>
    argument !== '' && mentions.length === 0 ? words.members.usage : undefined,
  async run({ request: { mentions, language }, members, reply }) {
    const here = await members();
    await reply({
      text: mentions.length === 0 ? list(here, language) : attendance(mentions, here, language),
    });
  },
};

function attendance(
  expected: readonly Mention[],
  members: readonly Member[],
  language: Language,
): string {
  const words = language.words.members;
  const here = new Set(members.map(({ name }) => name));
  const missing = expected.filter(({ name }) => !here.has(name));
  if (missing.length > 0) return words.missing(listed(missing, language));
  return expected.length === 1 ? words.oneHere : words.allHere;
}

/** Apps stand apart. */
function list(members: readonly Member[], language: Language): string {
  const words = language.words.members;
  const people = members.filter(({ kind }) => kind === 'person');
  const apps = members.filter(({ kind }) => kind === 'app');
  return [
    words.people(people.length, numberOf(language, people.length)),
    ...lines(people, language),
    ...(apps.length === 0 ? [] : [words.apps, ...lines(apps, language)]),
  ].join('\n');
}

function lines(members: readonly Member[], language: Language): string[] {
  const named = members.slice(0, MAX_LISTED).map((member) => `• ${shownName(member)}`);
  const more = members.length - named.length;
  return more === 0 ? named : [...named, language.words.members.more(numberOf(language, more))];
}
