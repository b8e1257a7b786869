import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** All pages of the documentation, by their paths from the top. */
export const DOCUMENTS = globSync(['*.md', 'docs/**/*.md', 'deploy/**/*.md'], { cwd: root });

/** A command of the documentation, in one line, and the file that it is in. */
export interface Command {
  file: string;
  line: string;
}

/** What a code span has to begin with to be a command. Words for Chat and for tables aren't. */
const PROGRAM =
  /^(?:npm|npx|node|gcloud|docker|kubectl|terraform|systemctl|journalctl|timedatectl|openssl|curl|git|sqlite3|\.ci\/run)(?: |$)/;

/** All commands of the documentation, each once: those of shell blocks, and those of code spans in the text. */
export function documentedCommands(): Command[] {
  const found = DOCUMENTS.flatMap((file) =>
    commandsIn(readFileSync(join(root, file), 'utf8')).map((line) => ({ file, line })),
  );
  return [...new Map(found.map((command) => [command.line, command])).values()];
}

function commandsIn(markdown: string): string[] {
  const blocks = [...markdown.matchAll(/^( *)```sh\n(.*?)^ *```$/gms)].flatMap(
    ([, indent = '', code = '']) => commandsOf(code.replaceAll(new RegExp(`^${indent}`, 'gm'), '')),
  );
  const text = markdown.replaceAll(/^ *```.*?^ *```$/gms, '');
  const spans = [...text.matchAll(/`([^`]+)`/g)]
    .map(([, code = '']) => code.replaceAll(/\s+/g, ' '))
    // Alone, a name is only a name; an ellipsis stands for what the reader has.
    .filter((code) => PROGRAM.test(code) && /^\.ci| /.test(code) && !code.includes('…'));
  return [...blocks, ...spans];
}

/** A shell's commands: a line each, unless a quote or a backslash goes on to the next. */
function commandsOf(code: string): string[] {
  const commands: string[] = [];
  let open = '';
  for (const line of code.replaceAll(/\\\n\s*/g, '').split('\n')) {
    open += open === '' ? line : `\n${line}`;
    const isQuoted = (open.match(/"/g) ?? []).length % 2 === 1;
    if (isQuoted) continue;
    if (open.trim() !== '') commands.push(...open.trim().split(' && '));
    open = '';
  }
  return commands;
}
