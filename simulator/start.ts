import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CHAT_COMMANDS } from '../src/lib/project/slash-commands.ts';
import { appEnvironment } from './app-environment.ts';
import { startChild } from './child.ts';
import { loadCredentials } from './credentials.ts';
import { type KeptProcess, keepProcess } from './kept-process.ts';
import { readLaptop } from './laptop.ts';
import { readableLine } from './readable-line.ts';
import { fileSnapshot } from './snapshot.ts';
import { writeEnvironment, writeTerminalEnvironment } from './terminal-environment.ts';
import { type Watched, watchSource } from './watch-source.ts';
import { subscriberOrder } from './weather/subscriber-control.ts';

const ROOT = join(import.meta.dirname, '..');
const STOP_GRACE_MS = 30_000;

// `npm start`: the simulator, the subscriber and oauth-web, as the separate processes that they are. Google stays up while
// the other two are renewed with every change of their source.
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
const environment = { ...process.env, ...app, CHAT_COMMANDS };

const doctor = writeEnvironment(join(laptop.folder, 'app.env'), { ...app, CHAT_COMMANDS });

let stopping = false;

const google = startChild(join(ROOT, 'simulator/main.ts'), environment, printer('google'), obey);
void google.ended.then((code) => {
  if (!stopping) endAll('google', code);
});
const oauthWeb = keep('oauth-web', ports.oauthWeb);
const subscriber = keep('subscriber', ports.admin, () => tellGoogle());
const processes: Readonly<Record<Watched, KeptProcess>> = { subscriber, 'oauth-web': oauthWeb };

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopping) process.exit(1);
    say('\nStopping …');
    void stopAll(0);
  });
}

await googleAnswers();
await Promise.all([oauthWeb.start(), subscriber.start()]);
await Promise.all([oauthWeb.ready(), subscriber.ready()]);
watchSource({
  root: ROOT,
  onChange: renew,
  onTrouble: (error) => say(`Changes of the source go unnoticed from now on: ${String(error)}`),
});
say(`
Postern is running, with a Google of its own. Open

    ${googleUrl}

You are Ana. In the room “Launch party”, write:  @Postern Hello from me!
A card that only you see asks you to connect your account. Do, and your message stands in the room under your name.
Write it again: no question this time. “@Postern help” tells the rest. Ctrl-C stops everything; nothing is lost.

From another terminal:  node --env-file=${terminal} src/cli/main.ts --help
Is all of it well?      node --env-file=${doctor} src/doctor/main.ts
`);

function keep(name: Watched, port: number, onChange: () => void = () => {}): KeptProcess {
  return keepProcess({
    entry: join(ROOT, `src/${name}/main.ts`),
    environment,
    readyUrl: `http://127.0.0.1:${port}/readyz`,
    onLine: printer(name),
    onChange,
    onCrash({ code, restarts }) {
      if (stopping) return;
      // Whoever has changed something since the start is at work on it.
      if (restarts === 0) endAll(name, code);
      else say(`${name} has ended (${code}). It starts again with the next change of its source.`);
    },
  });
}

function renew(changed: readonly Watched[], file: string): void {
  if (stopping) return;
  say(`${file} has changed: ${changed.join(' and ')} start${changed.length > 1 ? '' : 's'} anew …`);
  for (const name of changed) void processes[name].renew();
}

/** What the weather page has asked for. */
function obey(message: unknown): void {
  const { data } = subscriberOrder.safeParse(message);
  if (data !== undefined && !stopping) void subscriber[data.subscriber]();
}

function tellGoogle(): void {
  google.tell({ subscriber: subscriber.status() });
}

function endAll(name: string, code: number | NodeJS.Signals): void {
  say(`${name} has ended (${code}). Stopping the others …`);
  void stopAll(1);
}

/** The app first: it finishes what it does, and needs Google for that. */
async function stopAll(code: number): Promise<void> {
  stopping = true;
  await Promise.all([oauthWeb.end(), subscriber.end()]);
  await google.stop(STOP_GRACE_MS);
  process.exit(code);
}

async function googleAnswers(): Promise<void> {
  while (!stopping) {
    const response = await fetch(`${googleUrl}/oauth2/v1/certs`).catch(() => undefined);
    if (response?.ok) return;
    await wait(50);
  }
}

function printer(name: string): (line: string) => void {
  return (line) => say(readableLine(name, line, { colour: process.stdout.isTTY }));
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
