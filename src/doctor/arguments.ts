import { parseArgs } from 'node:util';
import { UsageError } from '../lib/terminal/explain.ts';
import { PROCESSES, type Process } from './setting.ts';

/** What a command line asks for. */
export interface Asked {
  json: boolean;
  processes: readonly Process[];
}

const WHERE_TO_READ = 'See npm run doctor -- --help.';

/** @throws UsageError */
export function readArguments(args: readonly string[]): Asked | 'help' {
  const { json, help, for: process } = parse(args);
  if (help) return 'help';
  if (process === undefined) return { json: json ?? false, processes: PROCESSES };
  const found = PROCESSES.find((name) => name === process);
  if (found === undefined) {
    throw new UsageError([`--for takes ${PROCESSES.join(' or ')}.`], WHERE_TO_READ);
  }
  return { json: json ?? false, processes: [found] };
}

function parse(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        json: { type: 'boolean' },
        for: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    return values;
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'Unknown options.';
    throw new UsageError([problem], WHERE_TO_READ);
  }
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
