import type { Member } from '../../lib/chat/chat.ts';
import type { Mention } from '../../lib/interactions/interaction.ts';
import { listed, shownName } from '../people.ts';
import { wording } from '../wording.ts';
import type { AppCommand } from './command.ts';

/** How many of a kind are listed by name. */
const MAX_LISTED = 100;

/** Who is in the space; or, of the people mentioned, who isn't. */
export const members: AppCommand = {
  name: 'members',
  summary: 'See who is in this space, or whether the people whom you mention are.',
  example: 'members @Ana @Bruno',
  takes: 'argument',
  as: 'app',
  refusals: wording.members.refused,
  objection: ({ argument, mentions }) =>
    argument !== '' && mentions.length === 0 ? wording.members.usage : undefined,
  async run({ request: { mentions }, members, reply }) {
    const here = await members();
    await reply({ text: mentions.length === 0 ? list(here) : attendance(mentions, here) });
  },
};

function attendance(expected: readonly Mention[], members: readonly Member[]): string {
  const here = new Set(members.map(({ name }) => name));
  const missing = expected.filter(({ name }) => !here.has(name));
  if (missing.length > 0) return wording.members.missing(listed(missing));
  return expected.length === 1 ? wording.members.oneHere : wording.members.allHere;
}

/** Apps stand apart. */
function list(members: readonly Member[]): string {
  const people = members.filter(({ kind }) => kind === 'person');
  const apps = members.filter(({ kind }) => kind === 'app');
  return [
    wording.members.people(people.length),
    ...lines(people),
    ...(apps.length === 0 ? [] : [wording.members.apps, ...lines(apps)]),
  ].join('\n');
}

function lines(members: readonly Member[]): string[] {
  const named = members.slice(0, MAX_LISTED).map((member) => `• ${shownName(member)}`);
  const more = members.length - named.length;
  return more === 0 ? named : [...named, wording.members.more(more)];
}
