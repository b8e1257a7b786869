import { UsageError } from '../lib/terminal/explain.ts';
import { type KnownOptions, type ReadOptions, readOptions } from '../lib/terminal/options.ts';
import type { Command, Invocation } from './invocation.ts';
import {
  readDisplayName,
  readMessage,
  readPerson,
  readPrincipal,
  readSpace,
  readText,
  readThread,
} from './words.ts';

/** Those that it knows, and whether a value follows. */
const OPTIONS: KnownOptions = {
  as: { type: 'string' },
  thread: { type: 'string' },
  id: { type: 'string' },
  json: { type: 'boolean' },
  'no-browser': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
};

const HELP = 'See npm run chat -- --help.';

/** What was given of a command, to be read. `problem` notes what is wrong; the rest is read all the same. */
interface Given {
  words: readonly string[];
  option(name: 'as' | 'thread' | 'id'): string | undefined;
  problem(text: string): undefined;
}

interface Form {
  /** What has to follow the name, for people. */
  words: readonly string[];
  /** Whether any number of further words may follow. */
  more?: boolean;
  options: readonly string[];
  /** Undefined after a problem. */
  read(given: Given): Command | undefined;
}

const OUTPUT = ['json', 'no-browser'];

const FORMS: Readonly<Record<Command['name'], Form>> = {
  send: {
    words: ['a space', 'a text in quotes'],
    options: ['as', 'thread', 'id', ...OUTPUT],
    read({ words: [spaceWord, textWord], option, problem }) {
      const as = readPrincipal(option('as') ?? 'app', problem);
      const space = readSpace(spaceWord, problem);
      const text = readText(textWord, problem);
      const asked = option('thread');
      const thread = asked === undefined ? undefined : readThread(asked, space, problem);
      if (as === undefined || space === undefined || text === undefined) return undefined;
      return { name: 'send', as, space, text, thread, id: option('id') };
    },
  },
  update: {
    words: ['a message', 'a text in quotes'],
    options: ['as', ...OUTPUT],
    read({ words: [messageWord, textWord], option, problem }) {
      const as = readPrincipal(option('as') ?? 'app', problem);
      const message = readMessage(messageWord, problem);
      const text = readText(textWord, problem);
      if (as === undefined || message === undefined || text === undefined) return undefined;
      return { name: 'update', as, message, text };
    },
  },
  members: {
    words: ['a space'],
    options: ['as', ...OUTPUT],
    read({ words: [spaceWord], option, problem }) {
      const as = readPrincipal(option('as') ?? 'app', problem);
      const space = readSpace(spaceWord, problem);
      return as && space && { name: 'members', as, space };
    },
  },
  'create-space': {
    words: ['a name in quotes'],
    more: true,
    options: ['as', 'id', ...OUTPUT],
    read({ words: [nameWord, ...others], option, problem }) {
      const as = readPrincipal(option('as') ?? 'me', problem);
      const displayName = readDisplayName(nameWord, others.length, problem);
      const people = new Set(others.flatMap((word) => readPerson(word, problem) ?? []));
      if (as?.kind === 'app') {
        return problem('The app can’t create spaces: --as has to be me, or an address.');
      }
      if (as === undefined || displayName === undefined) return undefined;
      return { name: 'create-space', as, displayName, people: [...people], id: option('id') };
    },
  },
  'sign-out': { words: [], options: ['json'], read: () => ({ name: 'sign-out' }) },
};

/**
 * What the words of a command line ask for.
 *
 * @throws UsageError with every problem there is
 */
export function readArguments(args: readonly string[]): Invocation | 'help' {
  const given = readOptions(args, OPTIONS);
  const { options, problems } = given;
  const [name, ...words] = given.words;
  if (options.has('help') || name === 'help') return 'help';
  if (!isCommand(name)) throw new UsageError([...problems, unknownCommand(name)], HELP);
  const command = readCommand(name, words, given);
  return { command, json: options.has('json'), browser: !options.has('no-browser') };
}

function readCommand(name: Command['name'], words: readonly string[], given: ReadOptions): Command {
  const form = FORMS[name];
  const found = [...given.problems, ...misplaced(form, name, words, given.options)];
  const command = form.read({
    words,
    option: (option) => given.options.get(option),
    problem: (text) => void found.push(text),
  });
  if (found.length > 0 || command === undefined) throw new UsageError(found, HELP);
  return command;
}

function misplaced(
  form: Form,
  name: string,
  words: readonly string[],
  options: ReadonlyMap<string, string>,
): string[] {
  const missing = form.words
    .slice(words.length)
    .map((word) => `${name} needs ${word}, and it is missing.`);
  const superfluous = form.more ? [] : words.slice(form.words.length);
  const foreign = [...options.keys()].filter((option) => !form.options.includes(option));
  return [
    ...missing,
    ...superfluous.map((word) => `“${word}” is one word too many: put a text in quotes.`),
    ...foreign.map((option) => `--${option} is nothing for ${name}.`),
  ];
}

function isCommand(name: string | undefined): name is Command['name'] {
  return name !== undefined && Object.hasOwn(FORMS, name);
}

function unknownCommand(name: string | undefined): string {
  const known = Object.keys(FORMS).join(', ');
  return name === undefined
    ? `Say what to do: ${known}.`
    : `“${name}” is none of the commands: ${known}.`;
}
