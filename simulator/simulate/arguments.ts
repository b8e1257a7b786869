import { parseArgs } from 'node:util';
import type { Dialect } from '../events/happening.ts';

const DEFAULT_WAIT_SECONDS = 30;

export interface Arguments {
  /** The recorded event. */
  file: string;
  /** The report is for scripts. */
  json: boolean;
  /** The person has connected before, with all permissions. */
  granted: boolean;
  /** In which to tell the event; as it was recorded, when absent. */
  dialect?: Dialect;
  waitMs: number;
}

/** What was typed can't be understood. Its message says what can. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const HELP = `Sends one recorded event to the app, and tells what the app did. Nothing leaves this machine.

  npm run simulate -- event.json

The file holds the data of a Pub/Sub message as Chat published it, in either of its formats.

  --granted                     the person has connected their account before, with all permissions
  --dialect classic | add-on    tell the same in this of Chat's formats
  --wait 30                     for how many seconds to wait until all is settled
  --json                        report in JSON
  --help                        this

The report holds what the person wrote. Exit codes: 0 settled, 1 not settled in time or failed, 64 not understood,
65 no event, 66 no such file.`;

/** @throws UsageError. @returns `help` when that is wanted */
export function readArguments(args: readonly string[]): Arguments | 'help' {
  const { values, positionals } = parse(args);
  if (values.help) return 'help';
  const [file, ...more] = positionals;
  if (file === undefined) throw usage('Name the file with the event.');
  if (more.length > 0) throw usage('One event at a time: name one file.');
  return {
    file,
    json: values.json,
    granted: values.granted,
    ...(values.dialect === undefined ? {} : { dialect: readDialect(values.dialect) }),
    waitMs: readWait(values.wait),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        granted: { type: 'boolean', default: false },
        dialect: { type: 'string' },
        wait: { type: 'string', default: String(DEFAULT_WAIT_SECONDS) },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error));
  }
}

function readDialect(word: string): Dialect {
  if (word === 'classic' || word === 'add-on') return word;
  throw usage(`“${word}” is none of Chat’s formats: say classic or add-on.`);
}

function readWait(word: string): number {
  const waitSeconds = Number(word);
  if (word.trim() !== '' && waitSeconds >= 0 && waitSeconds <= 3600) return waitSeconds * 1000;
  throw usage('--wait takes seconds, from 0 to 3600.');
}

function usage(problem: string): UsageError {
  return new UsageError(`${problem}\nSee npm run simulate -- --help.`);
}
