import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { consentAs } from '../../simulator/accounts/consent-as.ts';
import { freePort } from '../../simulator/free-port.ts';
import {
  terminalEnvironment,
  writeEnvironment,
  writeTerminalEnvironment,
} from '../../simulator/terminal-environment.ts';
import { openSqliteStore } from '../../src/lib/store/sqlite/sqlite-store.ts';
import { isPost } from '../end-to-end/messages.ts';
import { type Stage, type Subscriber, setStage } from '../end-to-end/stage.ts';
import { aWait, claimed, request } from '../lib/store/contract/fixture.ts';
import { within } from '../support/within.ts';
import type { Carried } from './treatments.ts';

const root = join(import.meta.dirname, '../..');
/** The project that `npm start` simulates. */
const PROJECT = 'postern-laptop';
const PATIENCE_MS = 40_000;

export interface Ran {
  code: number | NodeJS.Signals | null;
  /** All that it printed, with the names that the documentation has for what is here. */
  said: string;
}

/** The project's folder as a reader has it, with Postern and a simulated Google running, and Ana connected. */
export interface Place {
  stage: Stage;
  subscriber: Subscriber;
  /** What `ID` stands for: a request of Ana's that was given up. */
  giveUp(): Promise<void>;
  /** Carries a command out, in a shell. */
  carryOut(command: Carried, variables: Readonly<Record<string, string>>): Promise<Ran>;
  /** The variables of `npm run chat`. */
  terminal: Readonly<Record<string, string>>;
}

export async function setPlace(): Promise<Place> {
  const stage = await setStage({ dialect: 'add-on', project: PROJECT });
  const subscriber = await stage.startSubscriber();
  await stage.write(stage.ana, '@Postern good morning');
  await stage.consent(await stage.link(stage.ana), stage.ana);
  await stage.until('her post', () => stage.seen(stage.bruno).find(isPost));

  const folder = join(stage.folder, 'project');
  const state = join(folder, '.postern');
  mkdirSync(state, { recursive: true });
  for (const part of ['package.json', 'node_modules', 'scripts', 'src']) {
    symlinkSync(join(root, part), join(folder, part));
  }
  symlinkSync(join(stage.folder, 'postern.sqlite'), join(state, 'postern.sqlite'));
  writeEnvironment(join(state, 'app.env'), stage.environment);
  const { credentials } = stage;
  const given = { project: PROJECT, credentials, googleUrl: stage.google.url, folder: state };
  writeTerminalEnvironment(given);

  const id = request('given up');
  const hostOf = (url: string): string => new URL(url).host;
  /** What the documentation calls something, and what it is here. */
  const names = [
    ['127.0.0.1:9090', hostOf(subscriber.adminUrl)],
    ['127.0.0.1:8080', `127.0.0.1:${stage.environment['PORT']}`],
    ['127.0.0.1:8085', stage.google.pubsubHost],
    ['spaces/AAA', stage.room],
    ['spaces/…', stage.room],
    ['users/123', `users/${stage.ana.id}`],
    ['ID', id],
  ] as const;
  const here = (line: string): string =>
    names.reduce(
      (text, [name, is]) => text.replaceAll(new RegExp(`(?<!\\w)${name}(?!\\w)`, 'g'), is),
      line,
    );

  return {
    stage,
    subscriber,
    terminal: terminalEnvironment(given),
    async giveUp() {
      const store = openSqliteStore({ path: join(stage.folder, 'postern.sqlite') });
      const now = Date.now();
      const { lease } = await claimed(store, 'given up', now);
      await store.requests.complete(lease, { outcome: 'failed', now, keep: aWait() });
      await store.close();
    },
    async carryOut({ line, add, says, runs }, variables) {
      const command = [here(line), add ?? ''].join(' ').trim();
      const child = spawn('bash', ['-c', command], {
        cwd: folder,
        detached: true,
        env: {
          PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH']}`,
          HOME: folder,
          NO_COLOR: '1',
          ...variables,
          // Those that run are others beside the ones that run already.
          ADMIN_PORT: String(await freePort()),
          ...(runs ? { PORT: String(await freePort()) } : {}),
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let said = '';
      let hasSignedIn = false;
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          said += text;
          const [, url] = /^(http\S+\/o\/oauth2\S+)\n/m.exec(said) ?? [];
          if (url !== undefined && !hasSignedIn) {
            hasSignedIn = true;
            void consentAs({ url, userId: stage.bruno.id, allow: true }).then((to) => fetch(to));
          }
          if (runs && says.test(said)) stop(child.pid);
        });
      }
      try {
        await within(() => `${command}\n${said}`, PATIENCE_MS, once(child, 'close'));
      } finally {
        if (child.exitCode === null && child.signalCode === null) stop(child.pid, 'SIGKILL');
      }
      // npm repeats the command; the link to sign in is for a person.
      const told = said.replace(/^(?:> .*|http\S+|)\n/gm, '');
      stage.output.push(told);
      return { code: child.exitCode ?? child.signalCode, said: told.replaceAll(id, 'ID').trim() };
    },
  };
}

/** A shell, and npm, don't pass a signal on: it goes to the whole group. */
function stop(pid: number | undefined, signal: NodeJS.Signals = 'SIGTERM'): void {
  if (pid !== undefined) process.kill(-pid, signal);
}
