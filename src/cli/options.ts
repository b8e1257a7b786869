import { parseArgs } from 'node:util';

/** Those that the terminal knows, and whether a value follows. */
const OPTIONS = {
  as: { type: 'string' },
  thread: { type: 'string' },
  id: { type: 'string' },
  json: { type: 'boolean' },
  'no-browser': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

export interface ReadOptions {
  words: readonly string[];
  /** By name; those that take no value are empty. */
  options: ReadonlyMap<string, string>;
  problems: readonly string[];
}

/** Tells options from words. Not by `parseArgs` in its strict way, which tells one problem only. */
export function readOptions(args: readonly string[]): ReadOptions {
  const { positionals, tokens } = parseArgs({
    args: [...args],
    options: OPTIONS,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const options = new Map<string, string>();
  const problems: string[] = [];
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const problem = objection(token, options);
    if (problem === undefined) options.set(token.name, token.value ?? '');
    else problems.push(problem);
  }
  return { words: positionals, options, problems };
}

function objection(
  { name, rawName, value }: { name: string; rawName: string; value?: string | undefined },
  before: ReadonlyMap<string, string>,
): string | undefined {
  if (!isKnown(name)) {
    return `${rawName} is none of the options. Put -- before a text that begins with a dash.`;
  }
  if (before.has(name)) return `${rawName} is given twice.`;
  if (OPTIONS[name].type === 'boolean') {
    return value === undefined ? undefined : `${rawName} takes no value.`;
  }
  return value ? undefined : `${rawName} needs a value.`;
}

function isKnown(name: string): name is keyof typeof OPTIONS {
  return Object.hasOwn(OPTIONS, name);
}
