import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { appEnvironment } from '../../simulator/app-environment.ts';
import { startChild } from '../../simulator/child.ts';
import { type Credentials, loadCredentials } from '../../simulator/credentials.ts';
import { freePort } from '../../simulator/free-port.ts';
import { type Google, startGoogle } from '../../simulator/google.ts';
import { noSnapshot } from '../../simulator/snapshot.ts';
import { told } from '../support/discretion.ts';

export type Variables = Readonly<Record<string, string>>;

const report = z.object({
  ok: z.boolean(),
  checks: z.array(
    z.object({
      area: z.string(),
      check: z.string(),
      status: z.enum(['ok', 'failed', 'skipped', 'unknown']),
      found: z.string(),
      remedy: z.string().optional(),
    }),
  ),
});
export type Report = z.infer<typeof report>;

/** A set-up that works: a Google of its own, oauth-web as the process that it is, and the doctor's command. */
export interface Practice extends Patient {
  project: string;
  /** What the doctor says, with other variables: an empty one counts as left out. */
  examine(changes?: Variables, args?: readonly string[]): Promise<Examined>;
  end(): Promise<void>;
}

/** What the doctor is to look at. */
export interface Patient {
  google: Google;
  credentials: Credentials;
  folder: string;
  /** What the processes get. */
  environment: Variables;
}

export interface Examined {
  code: number | null;
  out: string;
  err: string;
}

/** The doctor's answer in JSON. */
export async function diagnose(
  practice: Pick<Practice, 'examine'>,
  changes?: Variables,
): Promise<Report> {
  const { out, err } = await practice.examine(changes, ['--json']);
  try {
    return report.parse(JSON.parse(out));
  } catch {
    throw new Error(`No report:\n${out}\n${err}`);
  }
}

export async function openPractice(): Promise<Practice> {
  const folder = mkdtempSync(join(tmpdir(), 'postern-doctor-'));
  const project = 'postern-test';
  const credentials = loadCredentials(project, noSnapshot());
  const port = await freePort();
  const redirectUri = `http://127.0.0.1:${port}/oauth2`;
  const google = await startGoogle({
    project,
    credentials,
    redirectUri,
    snapshot: noSnapshot,
    dialect: () => 'add-on',
  });
  const environment = appEnvironment({
    project,
    credentials,
    googleUrl: google.url,
    pubsubHost: google.pubsubHost,
    redirectUri,
    files: {
      clientSecrets: join(folder, 'client_secrets.json'),
      serviceAccount: join(folder, 'service-account.json'),
    },
    store: `sqlite:${join(folder, 'postern.sqlite')}`,
    ports: { oauthWeb: port, admin: 1 },
  });
  const { PATH = '' } = process.env;
  const oauthWeb = startChild('src/oauth-web/main.ts', { PATH, ...environment }, () => {});
  while (!(await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined))?.ok)
    await wait(25);

  return {
    google,
    credentials,
    project,
    folder,
    environment,
    ...examining({ google, credentials, folder, environment }),
    async end() {
      await oauthWeb.stop(5000);
      await google.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** What `npm run doctor` gives to node. */
const COMMAND = z
  .object({ scripts: z.object({ doctor: z.string().regex(/^node /) }) })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')))
  .scripts.doctor.split(' ')
  .slice(1);

/** Runs the doctor's command. Throws when it has told a secret. */
export function examining(patient: Patient): Pick<Practice, 'examine'> {
  const { google, credentials, folder, environment } = patient;
  const { PATH = '' } = process.env;
  return {
    async examine(changes = {}, args = []) {
      const child = spawn(process.execPath, [...COMMAND, ...args], {
        env: { PATH, HOME: folder, ...environment, ...changes },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let out = '';
      let err = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        out += text;
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        err += text;
      });
      await once(child, 'close');
      const secrets = told(out + err, { google, credentials });
      if (secrets.length > 0) throw new Error('The doctor has told a secret');
      return { code: child.exitCode, out, err };
    },
  };
}

/** Writes a file of the practice's own, and has a variable name it. */
export function file({ folder }: Patient, variable: string, content: object): Variables {
  const path = join(folder, `${variable}.json`);
  writeFileSync(path, JSON.stringify(content));
  return { [variable]: path };
}
