import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { consentAs } from '../../simulator/accounts/consent-as.ts';
import { type Credentials, loadCredentials } from '../../simulator/credentials.ts';
import { type Google, startGoogle } from '../../simulator/google.ts';
import { noSnapshot } from '../../simulator/snapshot.ts';
import { terminalEnvironment } from '../../simulator/terminal-environment.ts';
import type { SimulatedPerson } from '../../simulator/world.ts';

export interface Ran {
  code: number | NodeJS.Signals;
  out: string;
  err: string;
}

/** A command that runs. */
export interface Running {
  /** The link to sign in. Rejects when the command ends without any. */
  link: Promise<string>;
  ended: Promise<Ran>;
  signal(name: NodeJS.Signals): void;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The terminal's real process, with a Google of its own and nothing else of Postern. */
export interface Setting {
  google: Google;
  credentials: Credentials;
  /** What the console gave for it, and where the simulator is. */
  environment: Environment;
  folder: string;
  ana: SimulatedPerson;
  bruno: SimulatedPerson;
  /** Ana, Bruno and Postern are in it. */
  room: string;
  start(args: readonly string[], environment?: Environment): Running;
  run(args: readonly string[], environment?: Environment): Promise<Ran>;
  /** Runs a command that asks somebody to sign in, and answers as they would. */
  runAndSignIn(args: readonly string[], how?: SigningIn): Promise<Ran & { page: Response }>;
  /** The messages of this text in the room. */
  posted(text: string): { name: string; by: string | undefined }[];
  /** Stops it. Throws when anything secret has been printed or is kept in clear. */
  end(): Promise<void>;
}

export interface SigningIn {
  as?: SimulatedPerson;
  allow?: boolean | readonly string[];
  environment?: Environment;
}

/** The name of a message in what a command printed. */
export function nameIn(out: string): string {
  return /spaces\/\S+/.exec(out)?.[0] ?? '';
}

export async function setTerminal(): Promise<Setting> {
  const folder = mkdtempSync(join(tmpdir(), 'postern-terminal-'));
  const project = 'postern-test';
  const credentials = loadCredentials(project, noSnapshot());
  const google = await startGoogle({
    project,
    credentials,
    redirectUri: 'http://127.0.0.1:1/oauth2',
    snapshot: noSnapshot,
    dialect: () => 'add-on',
  });
  const common = terminalEnvironment({ project, credentials, googleUrl: google.url, folder });
  const [ana, bruno] = google.world.people;
  const [room] = google.world.spaces().map(({ resource }) => resource.name);
  if (!ana || !bruno || !room) throw new Error('The simulated world has changed');
  const printed: string[] = [];

  const start: Setting['start'] = (args, environment = {}) => {
    const child = spawn(process.execPath, ['src/cli/main.ts', ...args], {
      env: { PATH: process.env['PATH'], HOME: folder, ...common, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { promise: link, resolve, reject } = Promise.withResolvers<string>();
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
      const [, url] = /^(http\S+)\n/m.exec(err) ?? [];
      if (url !== undefined) resolve(url);
    });
    const ended = once(child, 'close').then(() => {
      // The link is for the person; its state is worth nothing without their consent.
      printed.push(out, err.replace(/^http\S+$/gm, ''));
      reject(new Error(`No link:\n${err}`));
      return { code: child.exitCode ?? child.signalCode ?? 1, out, err };
    });
    link.catch(() => {});
    return { link, ended, signal: (name) => void child.kill(name) };
  };

  return {
    google,
    credentials,
    environment: common,
    folder,
    ana,
    bruno,
    room,
    start,
    run: (args, environment) => start(args, environment).ended,
    async runAndSignIn(args, { as = ana, allow = true, environment } = {}) {
      const running = start([...args, '--no-browser'], environment);
      const callback = await consentAs({ url: await running.link, userId: as.id, allow });
      const page = await fetch(callback);
      return { ...(await running.ended), page };
    },
    posted: (text) =>
      google.world
        .messages(room)
        .filter(({ resource }) => resource.text === text)
        .map(({ resource }) => ({ name: resource.name, by: resource.sender.name })),
    async end() {
      await google.stop();
      const kept = readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.includes('sqlite'))
        .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1'));
      rmSync(folder, { recursive: true });
      const places = [...printed, ...kept];
      const secrets = google.accounts.issuedSecrets();
      const told = secrets.filter((secret) => places.some((place) => place.includes(secret)));
      assert.deepEqual(told, [], 'printed, or kept in clear');
    },
  };
}
