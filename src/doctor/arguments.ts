import { UsageError } from '../lib/terminal/explain.ts';
import { type KnownOptions, readOptions, tooMany } from '../lib/terminal/options.ts';
import { PROCESSES, type Process } from './setting.ts';

/** What a command line asks for. */
export interface Asked {
  json: boolean;
  processes: readonly Process[];
}

/** Those that it knows, and whether a value follows. */
const OPTIONS: KnownOptions = {
  json: { type: 'boolean' },
  for: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
};

/** @throws UsageError with every problem there is */
export function readArguments(args: readonly string[]): Asked | 'help' {
  const { words, options, problems } = readOptions(args, OPTIONS);
  if (options.has('help')) return 'help';
  const name = options.get('for');
  const processes = PROCESSES.filter((process) => name === undefined || process === name);
  const found = [
    ...problems,
    ...words.map(tooMany),
    ...(processes.length === 0 ? [`--for takes ${PROCESSES.join(' or ')}.`] : []),
  ];
  if (found.length > 0) throw new UsageError(found, 'See npm run doctor -- --help.');
  return { json: options.has('json'), processes };
}

/** What `--help` says. */
export const HELP = `Looks whether Postern is set up as it should be, and says what to do where it isn’t. It changes nothing.

  npm run doctor -- [--for subscriber | --for oauth-web] [--json]

It reads the same environment as the processes. Run it where they run, with their credentials, for what they may do; and as
somebody who may see the project’s settings, for the rest.

  --for NAME   look at what this process needs only
  --json       answer in JSON

  ✓ as it should be   ✗ not so: below it is what to do   – not looked at, since it needs something else   ? can’t be told from here

Exit codes: 0 nothing has failed, 1 something has, 64 not understood.`;
