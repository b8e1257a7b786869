import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';

/** A process of a contestant. */
export interface Running {
  readonly pid: number;
  /** The time that it has used of all cores so far, in milliseconds; undefined where the system doesn't tell. */
  cpuMs(): number | undefined;
  /** What it holds of the machine's memory, in MB; undefined where the system doesn't tell. */
  rssMb(): number | undefined;
  /** Resolves when it has ended by itself. @throws unless it ended well */
  ended(): Promise<void>;
  /** Asks it to stop, and waits until it has. */
  stop(): Promise<void>;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
}

/**
 * Starts a process whose output goes to a file: as a service's does, and so that it costs nobody else's time.
 *
 * @param log the file, which is added to
 */
export function run(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  log: string,
): Running {
  const output = openSync(log, 'a');
  const child = spawn(process.execPath, args, {
    env: { ...environment },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${args.join(' ')} doesn’t start`);
  const killWithUs = (): void => void child.kill('SIGKILL');
  process.on('exit', killWithUs);
  const ended = once(child, 'exit').then(() => process.off('exit', killWithUs));
  let isWanted = true;
  void ended.then(() => {
    if (isWanted) process.stderr.write(`${args.join(' ')} has ended: see ${log}\n`);
  });
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    isWanted = false;
    child.kill(signal);
    await ended;
  };
  return {
    pid,
    cpuMs: () => cpuMsOf(pid),
    rssMb: () => rssMbOf(pid),
    async ended() {
      isWanted = false;
      await ended;
      if (child.exitCode !== 0) throw new Error(`${args.join(' ')} has failed: see ${log}`);
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

/** `USER_HZ`, which is 100 on every Linux that Node runs on (proc(5)). */
const TICK_MS = 10;

function cpuMsOf(pid: number): number | undefined {
  // The name of the program, in brackets, may hold anything.
  const fields = read(`/proc/${pid}/stat`)?.split(') ')[1]?.split(' ');
  return fields === undefined ? undefined : (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

function rssMbOf(pid: number): number | undefined {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`) ?? '')?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
