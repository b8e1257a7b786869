import { write } from 'node:fs';
import { Session } from 'node:inspector';
import { workerData } from 'node:worker_threads';
import { BEAT, IS_DEBUGGED, isWatched } from './watched.ts';

/** The thread of the watchdog. It shares nothing with the one that it watches but two numbers. */

/** How long it may take to find out where the other thread is, and how long to say so, in milliseconds. */
const LAST_WORDS_MS = 3000;
const STANDARD_OUTPUT = 1;

const given: unknown = workerData;
if (!isWatched(given)) throw new TypeError('This is the thread of a watchdog, and no program.');
const { shared, service, beatMs, beats } = given;

let last = 0;
let missed = 0;
const watching = setInterval(() => {
  const beat = Atomics.load(shared, BEAT);
  const isFine = beat !== last || Atomics.load(shared, IS_DEBUGGED) === 1;
  last = beat;
  missed = isFine ? 0 : missed + 1;
  if (missed < beats) return;
  clearInterval(watching);
  // Nothing that goes wrong from here on may save the other thread.
  process.on('uncaughtException', end);
  whereItHangs((frames) => void giveUp(frames));
}, beatMs);

/** No exit: that would end this thread only. */
function end(): void {
  process.kill(process.pid, 'SIGKILL');
}

/** The functions that the other thread is in, innermost first; nothing if it doesn't say. */
function whereItHangs(found: (frames: readonly string[]) => void): void {
  const late = setTimeout(() => found([]), LAST_WORDS_MS);
  const files = new Map<string, string>();
  const session = new Session();
  session.connectToMainThread();
  session.on('Debugger.scriptParsed', ({ params }) => files.set(params.scriptId, params.url));
  session.once('Debugger.paused', ({ params: { callFrames } }) => {
    clearTimeout(late);
    found(
      callFrames.map(({ functionName, location: { scriptId, lineNumber, columnNumber = 0 } }) => {
        const place = `${files.get(scriptId)}:${lineNumber + 1}:${columnNumber + 1}`;
        return `at ${functionName || '<anonymous>'} (${place})`;
      }),
    );
  });
  session.post('Debugger.enable');
  session.post('Debugger.pause');
}

/** Says why, and ends the process, whether that could be said or not: it may hang because nobody reads what it writes. */
async function giveUp(frames: readonly string[]): Promise<void> {
  setTimeout(end, LAST_WORDS_MS);
  const error = new Error('The event loop hangs.');
  error.stack = [error.message, ...frames].join('\n');
  // Loaded when it is needed: the watchdog of a healthy process shall cost next to nothing.
  const { createLog } = await import('./telemetry/log.ts');
  const destination = { write: (line: string) => write(STANDARD_OUTPUT, line, end) };
  createLog(service, 'error', destination).error(
    `the event loop has not turned for ${(beats * beatMs) / 1000} s: the process is killed, and has to be started again`,
    { error },
  );
}
