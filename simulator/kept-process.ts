import { setTimeout as wait } from 'node:timers/promises';
import { type Child, startChild } from './child.ts';

const STOP_GRACE_MS = 30_000;
const POLL_MS = 50;

export type ProcessState = 'starting' | 'ready' | 'stopping' | 'down';

export interface ProcessStatus {
  state: ProcessState;
  /** While it runs. */
  pid?: number;
  /** How often it has been started after the first time. */
  restarts: number;
}

export interface KeptProcessOptions {
  entry: string;
  environment: Readonly<Record<string, string | undefined>>;
  /** Answers with 2xx when the process is ready. */
  readyUrl: string;
  onLine: (line: string) => void;
  /** The process ended, and nobody had asked it to. */
  onCrash: (crash: { code: number | NodeJS.Signals; restarts: number }) => void;
  onChange: () => void;
}

/** One of the app's processes, that may be stopped, killed and started again. Orders are carried out one after the other. */
export interface KeptProcess {
  status(): ProcessStatus;
  /** Nothing when it runs. */
  start(): Promise<void>;
  /** As SIGTERM does. It stays down until it is started. */
  stop(): Promise<void>;
  /** As SIGKILL does. It stays down until it is started. */
  kill(): Promise<void>;
  /** Stops and starts it, or starts it after a crash. One that was stopped on purpose stays down. */
  renew(): Promise<void>;
  /** Resolves as soon as it is ready. */
  ready(): Promise<void>;
  /** Stops it for good. */
  end(): Promise<void>;
}

export function keepProcess(options: KeptProcessOptions): KeptProcess {
  const { entry, environment, readyUrl, onLine, onCrash, onChange } = options;
  let running: Child | undefined;
  let state: ProcessState = 'down';
  let starts = 0;
  let isWanted = false;
  let hasEnded = false;
  let orders = Promise.resolve();
  const whenReady = Promise.withResolvers<void>();

  const inTurn = (order: () => void | Promise<void>): Promise<void> => {
    orders = orders.then(order);
    return orders;
  };
  const become = (next: ProcessState): void => {
    state = next;
    onChange();
  };

  const start = (): void => {
    if (running !== undefined || hasEnded) return;
    const child = startChild(entry, environment, onLine);
    running = child;
    starts += 1;
    become('starting');
    void child.ended.then((code) => gone(child, code));
    void untilReady(child);
  };
  const gone = (child: Child, code: number | NodeJS.Signals): void => {
    if (running !== child) return;
    const wasAsked = state === 'stopping';
    running = undefined;
    become('down');
    if (!wasAsked) onCrash({ code, restarts: starts - 1 });
  };
  const untilReady = async (child: Child): Promise<void> => {
    while (running === child && state === 'starting') {
      const answer = await fetch(readyUrl).catch(() => undefined);
      if (answer?.ok && running === child && state === 'starting') {
        become('ready');
        whenReady.resolve();
      }
      await wait(POLL_MS);
    }
  };
  const bringDown = async (how: (child: Child) => Promise<void>): Promise<void> => {
    if (running === undefined) return;
    become('stopping');
    await how(running);
  };
  const gently = (child: Child): Promise<void> => child.stop(STOP_GRACE_MS);

  return {
    status: () => ({
      state,
      ...(running?.pid === undefined ? {} : { pid: running.pid }),
      restarts: Math.max(0, starts - 1),
    }),
    start: () =>
      inTurn(() => {
        isWanted = true;
        start();
      }),
    stop: () =>
      inTurn(() => {
        isWanted = false;
        return bringDown(gently);
      }),
    kill: () =>
      inTurn(() => {
        isWanted = false;
        return bringDown((child) => child.kill());
      }),
    renew: () =>
      inTurn(async () => {
        if (!isWanted) return;
        await bringDown(gently);
        start();
      }),
    ready: () => whenReady.promise,
    end() {
      hasEnded = true;
      return inTurn(() => bringDown(gently));
    },
  };
}
