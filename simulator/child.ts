import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface Child {
  /** Its exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>;
  /** Asks it to stop, and waits until it has. After `graceMs` it is killed. */
  stop(graceMs: number): Promise<void>;
  /** Ends it as a crash would: it can do nothing about it. */
  kill(): Promise<void>;
}

/**
 * Starts one of the project's processes.
 *
 * @param onLine gets its output, line by line
 */
export function startChild(
  entry: string,
  environment: Readonly<Record<string, string | undefined>>,
  onLine: (line: string) => void,
): Child {
  // A group of its own: Ctrl-C goes to whoever started it, and would stop it a second time.
  const child = spawn(process.execPath, [entry], {
    env: { ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', onLine);
  }
  // Whatever ends the starter, its children don't stay behind.
  const killWithUs = (): void => void child.kill();
  process.on('exit', killWithUs);
  child.on('exit', () => process.off('exit', killWithUs));
  const ended = once(child, 'exit').then(() => child.exitCode ?? child.signalCode ?? 1);
  return {
    ended,
    stop: (graceMs) => stop(child, graceMs, ended),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function stop(child: ChildProcess, graceMs: number, ended: Promise<unknown>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await ended;
  clearTimeout(late);
}
