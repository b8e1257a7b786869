import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface Child {
  /** Absent when it could not be started. */
  pid?: number;
  /** Its exit code, or the signal that ended it. By then its last line is out. */
  ended: Promise<number | NodeJS.Signals>;
  /** Asks it to stop, and waits until it has. After `graceMs` it is killed. */
  stop(graceMs: number): Promise<void>;
  /** Ends it as a crash would: it can do nothing about it. */
  kill(): Promise<void>;
  /** Tells it something by Node's IPC. Nothing happens when there is no channel, or when it is gone. */
  tell(message: object): void;
}

/**
 * Starts one of the project's processes.
 *
 * @param onLine gets its output, line by line
 * @param onMessage gets what it tells by Node's IPC; without it there is no channel
 */
export function startChild(
  entry: string,
  environment: Readonly<Record<string, string | undefined>>,
  onLine: (line: string) => void,
  onMessage?: (message: unknown) => void,
): Child {
  // A group of its own: Ctrl-C goes to whoever started it, and would stop it a second time.
  const child = spawn(process.execPath, [entry], {
    env: { ...environment },
    stdio: ['ignore', 'pipe', 'pipe', ...(onMessage === undefined ? [] : (['ipc'] as const))],
    detached: true,
  });
  for (const input of [child.stdout, child.stderr]) {
    if (input !== null) createInterface({ input }).on('line', onLine);
  }
  if (onMessage !== undefined) child.on('message', onMessage);
  // Whatever ends the starter, its children don't stay behind.
  const killWithUs = (): void => void child.kill();
  process.on('exit', killWithUs);
  child.on('exit', () => process.off('exit', killWithUs));
  const ended = once(child, 'close').then(() => child.exitCode ?? child.signalCode ?? 1);
  return {
    ...(child.pid === undefined ? {} : { pid: child.pid }),
    ended,
    stop: (graceMs) => stop(child, graceMs, ended),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    tell(message) {
      // What is told to somebody who is about to end, need not arrive.
      if (child.connected) child.send(message, () => {});
    },
  };
}

async function stop(child: ChildProcess, graceMs: number, ended: Promise<unknown>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await ended;
  clearTimeout(late);
}
