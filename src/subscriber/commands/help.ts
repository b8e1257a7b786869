import { textCard } from '../../lib/chat/cards.ts';
import { wording } from '../wording.ts';
import type { AppCommand, Command } from './command.ts';

/** Lists the other commands. */
export function help(commands: readonly Command[]): AppCommand {
  return {
    name: 'help',
    summary: 'See what I can do.',
    as: 'app',
    async run({ reply }) {
      const lines = commands.map(({ name, summary, example }) =>
        wording.help.line(name, summary, example),
      );
      await reply({ card: textCard({ title: wording.help.title, paragraphs: lines }) });
    },
  };
}
