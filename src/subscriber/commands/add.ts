import { CHAT_MEMBERSHIPS } from '../../lib/authorization/scopes.ts';
import { type ChatAsPerson, MAX_OTHERS } from '../../lib/chat/chat.ts';
import type { Mention } from '../../lib/interactions/interaction.ts';
import type { Language } from '../../lib/words/language.ts';
import { listed, shownName } from '../people.ts';
import { isRefusal } from '../private-replies.ts';
import { type ChatRefusal, chatRefusalOf } from '../refusal.ts';
import type { PersonCommand, PersonContext } from './command.ts';

/** Adds the people mentioned to the space, each on their own: one who can't be added keeps nobody else out. */
export const add: PersonCommand = {
  name: 'add',
  summary: (words) => words.add.summary,
  example: (words) => words.add.example,
  takes: 'argument',
  as: 'user',
  scopes: [CHAT_MEMBERSHIPS],
  objection({ mentions, space, language: { words } }) {
    if (mentions.length === 0) return words.add.usage;
    if (space.kind === 'dm') return words.add.inDm;
    return mentions.length > MAX_OTHERS ? words.add.tooMany(MAX_OTHERS) : undefined;
  },
  async run(context) {
    const { mentions, language } = context.request;
    const words = language.words.add;
    await context.withStatus(words.progress(0, mentions.length), async (tell) => {
      const results: Result[] = [];
      for (const person of mentions) {
        results.push({ person, outcome: await addOne(context, person) });
        tell(words.progress(results.length, mentions.length));
      }
      return { text: report(results, language) };
    });
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
function report(results: readonly Result[], language: Language): string {
  const words = language.words.add;
  const lines = (['added', 'invited', 'here'] as const).flatMap((outcome) => {
    const people = results.filter((result) => result.outcome === outcome);
    if (people.length === 0) return [];
    return [
      words[outcome](
        listed(
          people.map(({ person }) => person),
          language,
        ),
      ),
    ];
  });
  const refusals = results.flatMap(({ person, outcome }) =>
    typeof outcome === 'string' ? [] : [words.refused[outcome.refused](shownName(person))],
  );
  return [...lines, ...refusals].join('\n');
}
