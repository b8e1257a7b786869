import { printableJson } from '../lib/printable.ts';
import { explain } from '../lib/terminal/explain.ts';
import { readArguments } from './arguments.ts';
import { carryOut } from './carry-out.ts';
import { createDesks, type Surroundings } from './desk.ts';
import { HELP } from './help.ts';

/**
 * Runs one command line to its end.
 *
 * @param signal ends it early
 * @returns the exit code: 0 done, 1 failed or not all of it, 64 not understood, 78 not configured, 130 stopped
 */
export async function run(
  args: readonly string[],
  around: Surroundings,
  signal: AbortSignal,
): Promise<number> {
  const { terminal } = around;
  try {
    const invocation = readArguments(args);
    if (invocation === 'help') {
      terminal.out(HELP);
      return 0;
    }
    const result = await carryOut(invocation, createDesks(around), signal);
    const lines = invocation.json ? [printableJson(result.data)] : result.lines;
    for (const line of lines) terminal.out(line);
    return result.incomplete ? 1 : 0;
  } catch (error) {
    return explain(error, terminal, signal);
  }
}
