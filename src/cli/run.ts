import { ConfigError, EXIT_CONFIG } from '../lib/config/problem.ts';
import { PosternError } from '../lib/errors.ts';
import { printableJson } from '../lib/printable.ts';
import type { Occasion } from './account.ts';
import { EXIT_USAGE, readArguments, UsageError } from './arguments.ts';
import { carryOut } from './carry-out.ts';
import { createChats, type Surroundings } from './chats.ts';
import { HELP } from './help.ts';
import type { Invocation } from './invocation.ts';
import type { Terminal } from './terminal.ts';

export interface RunDeps extends Surroundings {
  /** Opens a link in the person's browser, if there is one. */
  openBrowser: (link: string) => Promise<void>;
}

/** By convention: 128, and the number of SIGINT. */
const EXIT_STOPPED = 130;

/**
 * Runs one command line to its end.
 *
 * @param signal ends it early
 * @returns the exit code: 0 done, 1 failed, 64 not understood, 78 not configured, 130 stopped
 */
export async function run(
  args: readonly string[],
  deps: RunDeps,
  signal: AbortSignal,
): Promise<number> {
  const { terminal } = deps;
  try {
    const invocation = readArguments(args);
    if (invocation === 'help') terminal.out(HELP);
    else await carryOutAndTell(invocation, deps, signal);
    return 0;
  } catch (error) {
    return explain(error, terminal, signal);
  }
}

async function carryOutAndTell(
  { command, json, browser }: Invocation,
  deps: RunDeps,
  signal: AbortSignal,
): Promise<void> {
  const { terminal, randomBytes } = deps;
  const chats = createChats(deps, async (link, why, needed) => {
    terminal.tell(invitation(link, why, needed));
    // Whatever becomes of it: the link is there to be opened by hand.
    if (browser) await deps.openBrowser(link).catch(() => {});
  });
  const { lines, data } = await carryOut(command, { chats, randomBytes }, signal);
  for (const line of json ? [printableJson(data)] : lines) terminal.out(line);
}

const WHY: Readonly<Record<Occasion, string>> = {
  'not-signed-in': 'You aren’t signed in yet.',
  'permission-missing': 'You are signed in, but this needs one more permission.',
  'sign-in-ended': 'Your sign-in has ended: Google no longer accepts it.',
  'key-changed': 'You are signed in, but under a key that isn’t here any more.',
};

function invitation(link: string, why: Occasion, needed: readonly string[]): string {
  const permissions = needed.map((scope) => scope.replace(/^.*\/auth\//, '')).join(', ');
  return `${WHY[why]} Open this link in a browser on this machine within five minutes, and allow ${permissions}:\n\n${link}\n`;
}

/** One line, or the whole list of problems. Nothing of what isn't ours is told: it may hold anything. */
function explain(error: unknown, { tell }: Terminal, signal: AbortSignal): number {
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
