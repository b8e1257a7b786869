import { url as inspectorUrl } from 'node:inspector';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { seconds } from './clock.ts';
import { BEAT, IS_DEBUGGED, type Watched } from './watched.ts';

/** When a loop that doesn't turn counts as one that hangs. */
export interface Patience {
  /** How often the event loop shows that it turns, in milliseconds. By default every second. */
  beatMs?: number;
  /** How many beats in a row may be missed. By default 30. */
  beats?: number;
}

export interface WatchdogOptions extends Patience {
  /** For its last words. */
  service: string;
  /** The watchdog is gone, and the process goes on without it. */
  onFailure: (error: unknown) => void;
}

/**
 * Ends the process, by SIGKILL, when its event loop has not turned for so many beats: a loop that never ends, or a call that
 * never returns, leaves nothing of the process that could do so. A thread of its own counts the beats. It reads no clock: of
 * a process that was stopped, or a computer that slept, it counts nothing, because it stood still as well.
 */
export function startWatchdog(options: WatchdogOptions): void {
  const { service, beatMs = seconds(1), beats = 30, onFailure } = options;
  const shared = new Int32Array(new SharedArrayBuffer(8));
  const beat = (): void => {
    Atomics.add(shared, BEAT, 1);
    // At a breakpoint nothing turns.
    Atomics.store(shared, IS_DEBUGGED, inspectorUrl() === undefined ? 0 : 1);
  };
  beat();
  setInterval(beat, beatMs).unref();
  // Compiled, it is JavaScript, as this file is then.
  const worker = new URL(`watchdog-worker${extname(import.meta.url)}`, import.meta.url);
  const workerData: Watched = { shared, service, beatMs, beats };
  new Worker(worker, { workerData }).on('error', onFailure).unref();
}
