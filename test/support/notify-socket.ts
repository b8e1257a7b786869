import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { within } from './within.ts';

/** The socket of a service manager, and what it was told. */
export interface NotifySocket {
  /** `NOTIFY_SOCKET` */
  path: string;
  told: string[];
  /** Resolves when it was told `states`, in this order, whatever else between. Not for ever. */
  until(...states: string[]): Promise<void>;
  close(): Promise<void>;
}

/** Node has no datagram sockets of the Unix kind; Python has. What is asked besides (BARRIER=1) is answered by reading it. */
const RECEIVER = `
import socket, sys
receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
receiver.bind(sys.argv[1])
print("bound", flush=True)
while True:
    print(receiver.recv(4096).decode().strip(), flush=True)
`;
const PATIENCE_MS = 30_000;

export async function openNotifySocket(): Promise<NotifySocket> {
  const folder = await mkdtemp(join(tmpdir(), 'postern-notify-'));
  const path = join(folder, 'notify');
  const child = spawn('python3', ['-c', RECEIVER, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child, 'spawn');
  const ended = once(child, 'close');
  const told: string[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    told.push(line);
    lines.emit('told');
  });
  const until = async (...states: string[]): Promise<void> => {
    const isTold = (): boolean => {
      let at = 0;
      return states.every((state) => {
        at = told.indexOf(state, at) + 1;
        return at > 0;
      });
    };
    const waiting = async (): Promise<void> => {
      while (!isTold()) await once(lines, 'told');
    };
    await within(() => `${states.join()} among ${told.join()}`, PATIENCE_MS, waiting());
  };
  await until('bound');
  return {
    path,
    told,
    until,
    async close() {
      child.kill();
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}
