import { backoff } from '../lib/backoff.ts';
import { type Clock, seconds } from '../lib/clock.ts';
import type { Log } from '../lib/telemetry/log.ts';
import type { Stream } from './stream.ts';

/** A stream that has lived so long, in milliseconds, was no mistake: what comes after it is a new trouble. */
const STEADY_MS = seconds(30);

export interface SupervisorOptions {
  /** @param atMost how many messages may be here at a time; by default as many as ever */
  open: (atMost: number | undefined) => Stream;
  /** For the log. */
  subscription: string;
  /** How long there may be no stream before it is given up, in milliseconds. */
  reconnectMs: number;
  clock: Clock;
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Uniform in [0, 1). */
  random: () => number;
  log: Log;
  /** There has been no stream for too long, and no other will be opened. */
  onBroken: (error: Error) => void;
}

/** Keeps a stream open. */
export interface Supervisor {
  /** Whether messages come in. A pause doesn't change it: it is over as soon as we like. */
  isOpen(): boolean;
  pause(): void;
  resume(atMost?: number): void;
  /** Resolves when every stream there was is drained. */
  stop(): Promise<void>;
}

/**
 * Opens a stream, and another one, over a new connection, whenever it has ended: whether it was refused, the connection is
 * gone, or Google has had enough of it. Between two of them it waits with full jitter.
 */
export function superviseStream(options: SupervisorOptions): Supervisor {
  const { open, subscription, reconnectMs, clock, sleep, random, log, onBroken } = options;
  const stopping = new AbortController();
  /** All that still have something in progress. */
  const streams = new Set<Stream>();
  /** The last of them, until it ends. */
  let current: Stream | undefined;
  /** Whether it has opened. Before that, what is known of the one before it holds. */
  let isUp = false;
  let isOpen = false;
  /** While it is there, nothing is wanted. */
  let pausing: PromiseWithResolvers<void> | undefined;
  let atMost: number | undefined;
  let failures = 0;
  /** When there was a steady stream last. */
  let steadyAt = clock();

  /** One stream from its opening to its end. Resolves to why it ended, unless we have closed it. */
  const keepOne = async (): Promise<Error | undefined> => {
    const stream = open(atMost);
    current = stream;
    streams.add(stream);
    void stream.drained.then(() => streams.delete(stream));
    let openedAt: number | undefined;
    void stream.opened.then(() => {
      if (current !== stream) return;
      openedAt = clock();
      isUp = true;
      isOpen = true;
      log.info('the stream of messages is open', { subscription });
    });
    const error = await stream.ended;
    current = undefined;
    isUp = false;
    const lived = openedAt === undefined ? 0 : clock() - openedAt;
    if (lived >= STEADY_MS || error === undefined) {
      failures = 0;
      steadyAt = clock();
    }
    return error;
  };

  /** Waits until the next stream may be opened. False when there shall be none. */
  const recover = async (error: Error): Promise<boolean> => {
    isOpen = false;
    failures += 1;
    const waitMs = backoff(failures, random);
    if (clock() + waitMs > steadyAt + reconnectMs) return false;
    const fields = { subscription, attempt: failures, retryAfterMs: Math.round(waitMs) };
    // Google ends a good stream now and then, and that is no news.
    if (failures === 1 && isPassing(error)) log.info('the stream of messages has ended', fields);
    else log.warn(NO_STREAM, { ...fields, error });
    await sleep(waitMs, stopping.signal).catch(() => {});
    return true;
  };

  const supervise = async (): Promise<void> => {
    for (;;) {
      await pausing?.promise;
      if (stopping.signal.aborted) return;
      const error = await keepOne();
      if (error === undefined || (await recover(error))) continue;
      onBroken(error);
      return;
    }
  };
  void supervise();

  return {
    // The connection is known to be gone a moment before its stream.
    isOpen: () => isOpen && !stopping.signal.aborted && (!isUp || current?.isConnected() === true),
    pause() {
      if (pausing !== undefined) return;
      pausing = Promise.withResolvers();
      log.debug('no messages are pulled for a while', { subscription });
      current?.close();
    },
    resume(most) {
      if (pausing === undefined) return;
      atMost = most;
      pausing.resolve();
      pausing = undefined;
    },
    async stop() {
      stopping.abort();
      pausing?.resolve();
      for (const stream of streams) stream.close();
      await Promise.all([...streams].map(({ drained }) => drained));
    },
  };
}

/** UNAVAILABLE: a server that restarts, or a connection that was lost. */
function isPassing(error: Error): boolean {
  return 'code' in error && error.code === 14;
}

const NO_STREAM =
  'there is no stream of messages: check that the subscription exists, that the subscriber’s account has ' +
  'roles/pubsub.subscriber on it, and that pubsub.googleapis.com can be reached';
