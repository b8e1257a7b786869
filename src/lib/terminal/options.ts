import { parseArgs } from 'node:util';

/** The options that a terminal knows, and whether a value follows. */
export type KnownOptions = Readonly<Record<string, { type: 'string' | 'boolean'; short?: string }>>;

export interface ReadOptions {
  words: readonly string[];
  /** By name; those that take no value are empty. */
  options: ReadonlyMap<string, string>;
  problems: readonly string[];
}

/** Tells options from words. Not by `parseArgs` in its strict way, which tells one problem only. */
export function readOptions(args: readonly string[], known: KnownOptions): ReadOptions {
  const { positionals, tokens } = parseArgs({
    args: [...args],
    options: known,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const options = new Map<string, string>();
  const problems: string[] = [];
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const problem = objection(token, known, options);
    if (problem === undefined) options.set(token.name, token.value ?? '');
    else problems.push(problem);
  }
  return { words: positionals, options, problems };
}

/** What is said of a word that nothing needs. */
export const tooMany = (word: string): string => `“${word}” is one word too many.`;

function objection(
  { name, rawName, value }: { name: string; rawName: string; value?: string | undefined },
  known: KnownOptions,
  before: ReadonlyMap<string, string>,
): string | undefined {
  const option = Object.hasOwn(known, name) ? known[name] : undefined;
  if (option === undefined) {
    return `${rawName} is none of the options. Put -- before a text that begins with a dash.`;
  }
  if (before.has(name)) return `${rawName} is given twice.`;
  if (option.type === 'boolean') {
    return value === undefined ? undefined : `${rawName} takes no value.`;
  }
  return value ? undefined : `${rawName} needs a value.`;
}
