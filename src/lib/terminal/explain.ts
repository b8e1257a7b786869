import { ConfigError, EXIT_CONFIG } from '../config/problem.ts';
import { PosternError } from '../errors.ts';
import type { Terminal } from './terminal.ts';

/** By convention (sysexits.h, EX_USAGE). */
export const EXIT_USAGE = 64;
/** By convention: 128, and the number of SIGINT. */
const EXIT_STOPPED = 130;

/** The command can't be understood. Its message is the whole list of problems. */
export class UsageError extends Error {
  readonly problems: readonly string[];

  /** @param help where to read how it is used */
  constructor(problems: readonly string[], help: string) {
    super([...problems, help].join('\n'));
    this.problems = problems;
  }
}

/**
 * Tells what went wrong: in one line, or the whole list of problems. Nothing of what isn't ours is told: it may hold anything.
 *
 * @param signal what ends the command early
 * @returns the exit code: 1 failed, 64 not understood, 78 not configured, 130 stopped
 */
export function explain(error: unknown, { tell }: Terminal, signal: AbortSignal): number {
  if (signal.aborted) {
    tell('Stopped.');
    return EXIT_STOPPED;
  }
  if (error instanceof UsageError) {
    tell(error.message);
    return EXIT_USAGE;
  }
  if (error instanceof ConfigError) {
    tell(error.message);
    return EXIT_CONFIG;
  }
  if (error instanceof PosternError) tell(`Error (${error.code}): ${error.message}`);
  else
    tell(`Error (defect): ${error instanceof Error ? error.name : 'unknown'}. Please report it.`);
  return 1;
}
