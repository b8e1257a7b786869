import { ConfigError, EXIT_CONFIG } from './config/problem.ts';
import type { Environment } from './config/read.ts';
import {
  createServiceManager,
  type Lifeline,
  NO_SERVICE_MANAGER,
  readWanted,
  type ServiceManager,
} from './service-manager.ts';
import { createNotify } from './systemd-notify.ts';
import type { Log } from './telemetry/log.ts';
import { type Patience, startWatchdog } from './watchdog.ts';

/** Something that runs until it is told to stop. */
export interface Running {
  /** Finishes what has begun. Called once. */
  stop(): Promise<void>;
  /** What it can't do its work without. */
  lifeline?: Lifeline;
}

/** What a process is told from outside. Half a minute of patience, unless a test has less. */
export interface Surroundings extends Patience {
  /** Its variables. A service manager's are among them. */
  environment: Environment;
}

/** How a process ends by itself, when it can't go on. */
export type Fatal = (message: string, error?: unknown) => void;

/**
 * Runs a process from its start to its end.
 *
 * - SIGTERM or SIGINT: stop, and exit with 0. A second one: exit now, with 128 and the signal's number.
 * - A configuration that can't be used: the whole list of problems on standard error, and exit with 78.
 * - Anything fatal, now or later, a rejection that nobody handles included: log it, stop, and exit with 1.
 * - An event loop that hangs: log where, and be killed.
 *
 * A service manager that wants to know is told when the process is ready, alive and stopping.
 *
 * @param start gets what to call when the process can't go on
 */
export async function runProcess(
  service: string,
  log: () => Log,
  start: (fatal: Fatal) => Promise<Running>,
  { environment, ...patience }: Surroundings,
): Promise<void> {
  startWatchdog({
    ...patience,
    service,
    onFailure: (error) => log().warn('the watchdog has ended: a hang will go unnoticed', { error }),
  });
  const manager = serviceManagerOf(environment, log);
  let running: Running | undefined;
  let ending = false;
  let asked = false;
  let exitCode = 0;

  const end = async (code: number): Promise<void> => {
    // What goes wrong on the way out still tells.
    exitCode = Math.max(exitCode, code);
    if (ending) return;
    ending = true;
    try {
      await Promise.all([running?.stop(), manager.stopping()]);
    } catch (error) {
      log().error('the stop did not go as it should', { error });
      process.exit(1);
    }
    process.exit(exitCode);
  };
  const fatal: Fatal = (message, error) => {
    log().error(message, error === undefined ? {} : { error });
    void end(1);
  };
  for (const [signal, number] of [
    ['SIGTERM', 15],
    ['SIGINT', 2],
  ] as const) {
    process.on(signal, () => {
      if (asked) process.exit(128 + number);
      asked = true;
      log().info('stopping', { signal });
      void end(0);
    });
  }
  process.on('unhandledRejection', (error) => fatal('a promise was rejected unhandled', error));
  process.on('uncaughtException', (error) => fatal('an error was thrown unhandled', error));

  try {
    running = await start(fatal);
    if (!ending) manager.started(running.lifeline);
  } catch (error) {
    if (error instanceof ConfigError) {
      process.stderr.write(`${error.message}\n`);
      process.exit(EXIT_CONFIG);
    }
    fatal('the start failed', error);
  }
}

function serviceManagerOf(environment: Environment, log: () => Log): ServiceManager {
  const wanted = readWanted(environment, process.pid);
  if (wanted === undefined) return NO_SERVICE_MANAGER;
  const notify = createNotify(wanted.socket, environment['PATH'], (error) =>
    log().warn('systemd-notify does not tell the service manager how the process is', { error }),
  );
  return createServiceManager(notify, wanted.watchdogMs);
}
