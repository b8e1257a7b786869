import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHAT_COMMANDS } from '../../src/lib/project/slash-commands.ts';
import { appEnvironment } from '../app-environment.ts';
import { loadCredentials } from '../credentials.ts';
import { freePort } from '../free-port.ts';
import { type Google, type GoogleOptions, startGoogle } from '../google.ts';
import { type KeptProcess, keepProcess } from '../kept-process.ts';
import { noSnapshot } from '../snapshot.ts';

const PROJECT = 'postern-simulate';

/** Where events are published. */
export const TOPIC = `projects/${PROJECT}/topics/postern`;

/** The app with a Google of its own, on ports and in a folder of their own. */
export interface AppRun {
  google: Google;
  /** The app's SQLite database. */
  database: string;
  /** What both processes have printed. */
  output: readonly string[];
  /** Rejects when one of the processes ends by itself. */
  crashed: Promise<never>;
  /** Stops everything, and removes the folder. */
  end(): Promise<void>;
}

export interface AppRunOptions extends Pick<GoogleOptions, 'snapshot' | 'dialect' | 'app'> {
  /** Where `src` is. */
  root: string;
  environment: Readonly<Record<string, string | undefined>>;
}

/** @throws when one of the processes ends before it is ready, with what it has printed */
export async function runApp(options: AppRunOptions): Promise<AppRun> {
  const folder = mkdtempSync(join(tmpdir(), 'postern-simulate-'));
  const database = join(folder, 'postern.sqlite');
  const credentials = loadCredentials(PROJECT, noSnapshot());
  const ports = { oauthWeb: await freePort(), admin: await freePort() };
  const redirectUri = `http://127.0.0.1:${ports.oauthWeb}/oauth2`;
  const google = await startGoogle({ ...options, project: PROJECT, credentials, redirectUri });
  const environment = {
    CHAT_COMMANDS,
    ...options.environment,
    ...appEnvironment({
      project: PROJECT,
      credentials,
      googleUrl: google.url,
      pubsubHost: google.pubsubHost,
      redirectUri,
      files: {
        clientSecrets: join(folder, 'client_secrets.json'),
        serviceAccount: join(folder, 'service-account.json'),
      },
      store: `sqlite:${database}`,
      ports,
    }),
    LOG_LEVEL: 'debug',
  };
  const output: string[] = [];
  const dead = Promise.withResolvers<never>();
  dead.promise.catch(() => {});
  const keep = (name: string, port: number): KeptProcess =>
    keepProcess({
      entry: join(options.root, `src/${name}/main.ts`),
      environment,
      readyUrl: `http://127.0.0.1:${port}/readyz`,
      onLine: (line) => void output.push(line),
      onCrash: ({ code }) =>
        dead.reject(new Error(`${name} has ended (${code}):\n${output.join('\n')}`)),
      onChange: () => {},
    });
  const processes = [keep('oauth-web', ports.oauthWeb), keep('subscriber', ports.admin)];
  const end = async (): Promise<void> => {
    await Promise.all(processes.map((one) => one.end()));
    await google.stop();
    rmSync(folder, { recursive: true });
  };
  try {
    await Promise.all(processes.map((one) => one.start()));
    await Promise.race([Promise.all(processes.map((one) => one.ready())), dead.promise]);
  } catch (error) {
    await end();
    throw error;
  }
  return { google, database, output, crashed: dead.promise, end };
}
