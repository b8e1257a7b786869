import { CHAT_MEMBERSHIPS } from '../../lib/authorization/scopes.ts';
import { type ChatAsPerson, MAX_OTHERS } from '../../lib/chat/chat.ts';
import type { Mention } from '../../lib/interactions/interaction.ts';
import { listed, shownName } from '../people.ts';
import { isRefusal } from '../private-replies.ts';
import { type ChatRefusal, chatRefusalOf } from '../refusal.ts';
import { wording } from '../wording.ts';
import type { PersonCommand, PersonContext } from './command.ts';

/** Adds the people mentioned to the space, each on their own: one who can't be added keeps nobody else out. */
export const add: PersonCommand = {
  name: 'add',
  summary: 'Add people to this space, as you.',
  example: 'add @Ana @Bruno',
  takes: 'argument',
  as: 'user',
  scopes: [CHAT_MEMBERSHIPS],
  objection({ mentions, space }) {
    if (mentions.length === 0) return wording.add.usage;
    if (space.kind === 'dm') return wording.add.inDm;
    return mentions.length > MAX_OTHERS ? wording.add.tooMany(MAX_OTHERS) : undefined;
  },
  async run(context) {
    const { request, reply } = context;
    const results: Result[] = [];
    for (const person of request.mentions) {
      results.push({ person, outcome: await addOne(context, person) });
    }
    await reply({ text: report(results) });
  },
};

type Outcome = Awaited<ReturnType<ChatAsPerson['createMembership']>> | { refused: ChatRefusal };

interface Result {
  person: Mention;
  outcome: Outcome;
}

async function addOne(
  { chat, request, signal }: PersonContext,
  { name }: Mention,
): Promise<Outcome> {
  try {
    return await chat.createMembership(request.space.name, name, signal);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { refused: chatRefusalOf(error.code) };
  }
}

/** One line for each way in which it went, and one for each person who was refused. */
function report(results: readonly Result[]): string {
  const lines = (['added', 'invited', 'here'] as const).flatMap((outcome) => {
    const people = results.filter((result) => result.outcome === outcome);
    if (people.length === 0) return [];
    return [wording.add[outcome](listed(people.map(({ person }) => person)))];
  });
  const refusals = results.flatMap(({ person, outcome }) =>
    typeof outcome === 'string' ? [] : [wording.add.refused[outcome.refused](shownName(person))],
  );
  return [...lines, ...refusals].join('\n');
}
