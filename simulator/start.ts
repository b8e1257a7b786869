import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CHAT_COMMANDS } from '../src/lib/project/slash-commands.ts';
import { appEnvironment } from './app-environment.ts';
import { type Child, startChild } from './child.ts';
import { loadCredentials } from './credentials.ts';
import { readLaptop } from './laptop.ts';
import { readableLine } from './readable-line.ts';
import { fileSnapshot } from './snapshot.ts';
import { writeEnvironment, writeTerminalEnvironment } from './terminal-environment.ts';

const STOP_GRACE_MS = 30_000;

// `npm start`: the simulator, the subscriber and oauth-web, as the separate processes that they are.
const laptop = readLaptop(process.env);
const { project, ports, googleUrl, files } = laptop;
const credentials = loadCredentials(project, fileSnapshot(join(laptop.folder, 'credentials.json')));
const terminal = writeTerminalEnvironment({ ...laptop, credentials });
const app = appEnvironment({
  ...laptop,
  credentials,
  pubsubHost: `127.0.0.1:${ports.pubsub}`,
  store: `sqlite:${files.database}`,
});

const doctor = writeEnvironment(join(laptop.folder, 'app.env'), { ...app, CHAT_COMMANDS });

const children: Child[] = [];
let stopping = false;

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopping) process.exit(1);
    say('\nStopping …');
    void stopAll(0);
  });
}

start('google', 'simulator/main.ts');
await answers(`${googleUrl}/oauth2/v1/certs`);
start('oauth-web', 'src/oauth-web/main.ts');
start('subscriber', 'src/subscriber/main.ts');
await Promise.all([
  answers(`http://127.0.0.1:${ports.oauthWeb}/readyz`),
  answers(`http://127.0.0.1:${ports.admin}/readyz`),
]);
say(`
Postern is running, with a Google of its own. Open

    ${googleUrl}

You are Ana. In the room “Launch party”, write:  @Postern Hello from me!
A card that only you see asks you to connect your account. Do, and your message stands in the room under your name.
Write it again: no question this time. “@Postern help” tells the rest. Ctrl-C stops everything; nothing is lost.

From another terminal:  node --env-file=${terminal} src/cli/main.ts --help
Is all of it well?      node --env-file=${doctor} src/doctor/main.ts
`);

function start(name: string, entry: string): void {
  const onLine = (line: string): void =>
    say(readableLine(name, line, { colour: process.stdout.isTTY }));
  const child = startChild(entry, { ...process.env, ...app, CHAT_COMMANDS }, onLine);
  children.push(child);
  void child.ended.then((code) => {
    if (stopping) return;
    say(`${name} has ended (${code}). Stopping the others …`);
    void stopAll(1);
  });
}

/** The app first: it finishes what it does, and needs Google for that. */
async function stopAll(code: number): Promise<void> {
  stopping = true;
  const [google, ...processes] = children;
  await Promise.all(processes.map((child) => child.stop(STOP_GRACE_MS)));
  await google?.stop(STOP_GRACE_MS);
  process.exit(code);
}

async function answers(url: string): Promise<void> {
  while (!stopping) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    await wait(50);
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
