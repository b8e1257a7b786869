import { join } from 'node:path';
import { HELP, readArguments, UsageError } from './simulate/arguments.ts';
import { BadFile } from './simulate/recorded-event.ts';
import { readableReport } from './simulate/report.ts';
import { simulate } from './simulate/simulate.ts';

/** By convention (sysexits.h). */
const EXIT_USAGE = 64;
const EXIT_DATAERR = 65;
const EXIT_NOINPUT = 66;

// `npm run simulate`: one recorded event, and what the app does about it.
process.exitCode = await run(process.argv.slice(2));

async function run(words: readonly string[]): Promise<number> {
  try {
    const args = readArguments(words);
    if (args === 'help') {
      print(HELP);
      return 0;
    }
    const report = await simulate(args, {
      root: join(import.meta.dirname, '..'),
      environment: process.env,
      clock: Date.now,
    });
    print(args.json ? JSON.stringify(report, undefined, 2) : readableReport(report));
    return report.settled ? 0 : 1;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    if (error instanceof UsageError) return EXIT_USAGE;
    if (error instanceof BadFile) return error.isMissing ? EXIT_NOINPUT : EXIT_DATAERR;
    return 1;
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
