import { type Clock, seconds } from '../lib/clock.ts';

/** Chat takes one write a second in a space (chat-platform.md, section 6). In milliseconds. */
const INTERVAL_MS = seconds(1);

export interface StatusWriterDeps {
  /** Shows a status in the place of the one before. */
  write: (text: string) => Promise<void>;
  clock: Clock;
  /** Waits so many milliseconds; may reject when the signal aborts. */
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  signal: AbortSignal;
  /** A status could not be shown. None is tried after that: the work doesn't depend on them. */
  onFailure: (error: unknown) => void;
}

/** Writes what there is to tell as it comes, in order, one at a time, a second apart. What is outdated by then is left out. */
export interface StatusWriter {
  tell(text: string): void;
  /** Drops what has not been written yet. Fulfilled when the next write, of whatever kind, may be made. Never rejects. */
  stop(): Promise<void>;
}

/** The first write comes after a second, too: of what is over sooner there is nothing to see. */
export function createStatusWriter(deps: StatusWriterDeps): StatusWriter {
  const { clock, sleep, signal } = deps;
  const stopping = new AbortController();
  let latest: string | undefined;
  let nextAt = clock() + INTERVAL_MS;
  let hasWritten = false;
  let writing: Promise<void> | undefined;

  const turn = async (until: AbortSignal): Promise<void> => {
    const ms = nextAt - clock();
    if (ms > 0) await sleep(ms, until).catch(() => {});
  };

  const show = async (text: string): Promise<void> => {
    hasWritten = true;
    try {
      await deps.write(text);
    } catch (error) {
      stopping.abort();
      deps.onFailure(error);
    }
    nextAt = clock() + INTERVAL_MS;
  };

  const run = async (): Promise<void> => {
    const until = AbortSignal.any([signal, stopping.signal]);
    for (;;) {
      await turn(until);
      const text = latest;
      if (text === undefined || until.aborted) break;
      latest = undefined;
      await show(text);
    }
    writing = undefined;
  };

  return {
    tell(text) {
      latest = text;
      writing ??= run();
    },
    async stop() {
      stopping.abort();
      await writing;
      if (hasWritten) await turn(signal);
    },
  };
}
