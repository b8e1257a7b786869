import { z } from 'zod';
import { seconds } from './clock.ts';
import type { Notify } from './systemd-notify.ts';

/** What a process must not be without for long. */
export interface Lifeline {
  isThere(): boolean;
  /** For how long it may be without, in milliseconds. */
  patienceMs: number;
}

/** What started the process, and starts it anew when it doesn't do what it is there for. */
export interface ServiceManager {
  /** The process does its work. @param lifeline what it needs for that; without one it needs nothing */
  started(lifeline?: Lifeline): void;
  /** The process is about to end. Resolves when the manager knows. */
  stopping(): Promise<void>;
}

/** How often the lifeline is looked at, in milliseconds. */
const LOOK_MS = seconds(1);
/** The manager hears three times, where once is enough. */
const SIGNS_OF_LIFE = 3;
const NOTHING_NEEDED: Lifeline = { isThere: () => true, patienceMs: Number.POSITIVE_INFINITY };

const variables = z.object({
  NOTIFY_SOCKET: z.string().min(1),
  WATCHDOG_USEC: z.coerce.number().positive().optional().catch(undefined),
  WATCHDOG_PID: z.coerce.number().optional().catch(undefined),
});

/** What a service manager wants to be told, and where. */
export interface Wanted {
  socket: string;
  /** It waits so long for a sign of life, in milliseconds. Undefined when it wants none. */
  watchdogMs: number | undefined;
}

/**
 * What systemd wants to know of this process: sd_notify(3) and sd_watchdog_enabled(3). Undefined when nobody listens, or when
 * it is another process that is asked.
 */
export function readWanted(
  environment: Readonly<Record<string, string | undefined>>,
  pid: number,
): Wanted | undefined {
  const { success, data } = variables.safeParse(environment);
  if (!success) return undefined;
  const { NOTIFY_SOCKET: socket, WATCHDOG_USEC: microseconds, WATCHDOG_PID: asked = pid } = data;
  const isWatched = microseconds !== undefined && asked === pid;
  return { socket, watchdogMs: isWatched ? microseconds / 1000 : undefined };
}

/**
 * Tells the manager when the lifeline is there for the first time, and gives signs of life, but not beyond the lifeline's
 * patience. Like the watchdog within the process it counts turns of the event loop and reads no clock: a computer that slept
 * was without nothing.
 */
export function createServiceManager(
  notify: Notify,
  watchdogMs: number | undefined,
): ServiceManager {
  let looking: NodeJS.Timeout | undefined;
  return {
    started(lifeline = NOTHING_NEEDED) {
      let isReady = false;
      let withoutMs = 0;
      const look = (): void => {
        const isThere = lifeline.isThere();
        withoutMs = isThere ? 0 : withoutMs + LOOK_MS;
        if (isReady || !isThere) return;
        isReady = true;
        void notify('READY=1');
      };
      look();
      looking = setInterval(look, LOOK_MS).unref();
      if (watchdogMs === undefined) return;
      setInterval(() => {
        if (withoutMs <= lifeline.patienceMs) void notify('WATCHDOG=1');
      }, watchdogMs / SIGNS_OF_LIFE).unref();
    },
    stopping() {
      // Whoever ends takes nothing in any more; that is as it should be, and gives signs of life to the last.
      clearInterval(looking);
      return notify('STOPPING=1');
    },
  };
}

/** For a process that nobody has started who wants to know. */
export const NO_SERVICE_MANAGER: ServiceManager = {
  started() {},
  async stopping() {},
};
