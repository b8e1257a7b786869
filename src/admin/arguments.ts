import { UsageError } from '../lib/terminal/explain.ts';
import {
  type KnownOptions,
  type ReadOptions,
  readOptions,
  tooMany,
} from '../lib/terminal/options.ts';
import type { Command, Invocation } from './invocation.ts';
import { readDays, readFilter, readId, readPerson } from './words.ts';

/** Those that it knows, and whether a value follows. */
const OPTIONS: KnownOptions = {
  state: { type: 'string' },
  'unused-for': { type: 'string' },
  yes: { type: 'boolean', short: 'y' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
};

const HELP = 'See npm run admin -- --help.';

/** What was given of a command, to be read. `problem` notes what is wrong; the rest is read all the same. */
interface Given {
  word: string | undefined;
  option(name: 'state' | 'unused-for'): string | undefined;
  problem(text: string): undefined;
}

interface Form {
  /** The one word that has to follow the name, for people. */
  word?: string;
  options: readonly string[];
  /** Undefined after a problem. */
  read(given: Given): Command | undefined;
}

const FORMS: Readonly<Record<Command['name'], Form>> = {
  'grants list': { options: [], read: () => ({ name: 'grants list' }) },
  'grants revoke': {
    word: 'a person',
    options: ['yes'],
    read({ word, problem }) {
      const person = readPerson(word, problem);
      return person && { name: 'grants revoke', person };
    },
  },
  'grants purge': {
    options: ['unused-for', 'yes'],
    read({ option, problem }) {
      const unusedForDays = readDays(option('unused-for'), problem);
      return unusedForDays === undefined ? undefined : { name: 'grants purge', unusedForDays };
    },
  },
  'requests list': {
    options: ['state'],
    read({ option, problem }) {
      const state = option('state');
      if (state === undefined) return { name: 'requests list', which: undefined };
      const which = readFilter(state, problem);
      return which && { name: 'requests list', which };
    },
  },
  'requests show': onRequest('requests show', []),
  'requests replay': onRequest('requests replay', ['yes']),
  'requests forget': onRequest('requests forget', ['yes']),
  'keys rewrap': { options: [], read: () => ({ name: 'keys rewrap' }) },
};

function onRequest(
  name: 'requests show' | 'requests replay' | 'requests forget',
  options: readonly string[],
): Form {
  return {
    word: 'a request’s id',
    options,
    read({ word, problem }) {
      const id = readId(word, problem);
      return id && { name, id };
    },
  };
}

/**
 * What the words of a command line ask for.
 *
 * @throws UsageError with every problem there is
 */
export function readArguments(args: readonly string[]): Invocation | 'help' {
  const given = readOptions(args, OPTIONS);
  const { options, problems } = given;
  const [topic, verb, ...words] = given.words;
  if (options.has('help') || topic === 'help') return 'help';
  const name = [topic, verb].filter((word) => word !== undefined).join(' ');
  if (!isCommand(name)) throw new UsageError([...problems, unknownCommand(name)], HELP);
  const command = readCommand(name, words, given);
  return { command, json: options.has('json'), yes: options.has('yes') };
}

function readCommand(name: Command['name'], words: readonly string[], given: ReadOptions): Command {
  const form = FORMS[name];
  const found = [...given.problems, ...misplaced(form, name, words, given.options)];
  const command = form.read({
    word: words[0],
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
  const isMissing = form.word !== undefined && words.length === 0;
  const superfluous = words.slice(form.word === undefined ? 0 : 1);
  const foreign = [...options.keys()].filter(
    (option) => ![...form.options, 'json'].includes(option),
  );
  return [
    ...(isMissing ? [`${name} needs ${form.word}, and it is missing.`] : []),
    ...superfluous.map(tooMany),
    ...foreign.map((option) => `--${option} is nothing for ${name}.`),
  ];
}

function isCommand(name: string): name is Command['name'] {
  return Object.hasOwn(FORMS, name);
}

function unknownCommand(name: string): string {
  const known = Object.keys(FORMS).join(', ');
  return name === '' ? `Say what to do: ${known}.` : `“${name}” is none of the commands: ${known}.`;
}
