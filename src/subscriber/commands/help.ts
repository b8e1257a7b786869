import { textCard } from '../../lib/chat/cards.ts';
import type { AppCommand, Command } from './command.ts';

/** Lists the other commands. */
export function help(commands: readonly Command[]): AppCommand {
  return {
    name: 'help',
    summary: (words) => words.help.summary,
    as: 'app',
    async run({ request, connection, reply }) {
      const { words } = request.language;
      const lines = commands
        .filter(({ only = connection.by }) => only === connection.by)
        .map(({ name, summary, example }) =>
          words.help.line(name, summary(words), example?.(words)),
        );
      await reply({ card: textCard({ title: words.help.title, paragraphs: lines }) });
    },
  };
}
