import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { seconds } from './clock.ts';

const run = promisify(execFile);

/** systemd-notify itself waits 5 s for the service manager (sd_notify_barrier(3)). In milliseconds. */
const LIMIT_MS = seconds(10);

/** What may be told: sd_notify(3). */
export type State = 'READY=1' | 'STOPPING=1' | 'WATCHDOG=1';

/** Tells the service manager, after what it was told before. Resolves when it knows, or can't be told. */
export type Notify = (state: State) => Promise<void>;

/**
 * By the program systemd-notify, since Node has no datagram sockets of the Unix kind. It comes as a child's word
 * (`NotifyAccess=all`), and waits until it is read: from a child that is gone systemd would not know which service it is of.
 *
 * @param socket `NOTIFY_SOCKET`
 * @param path `PATH`, to find the program. Of the environment the child gets no more than these two
 * @param onFailure of all failures in a row gets the first
 */
export function createNotify(
  socket: string,
  path: string | undefined,
  onFailure: (error: unknown) => void,
): Notify {
  const env = { NOTIFY_SOCKET: socket, ...(path === undefined ? {} : { PATH: path }) };
  let last = Promise.resolve();
  let isFailing = false;
  const tell = async (state: State): Promise<void> => {
    try {
      await run('systemd-notify', [state], { env, timeout: LIMIT_MS });
      isFailing = false;
    } catch (error) {
      if (!isFailing) onFailure(error);
      isFailing = true;
    }
  };
  return (state) => {
    last = last.then(() => tell(state));
    return last;
  };
}
