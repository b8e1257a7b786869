import { join } from 'node:path';
import { appEnvironment } from '../../simulator/app-environment.ts';
import { freePort } from '../../simulator/free-port.ts';
import { type Lab, type Place, POSTERN } from '../lab.ts';
import { giveGrants, sqliteWithGrants, tokensFile, withStore } from '../store.ts';
import { type Running, run } from './running.ts';

export type ContestantName = 'bare' | 'published flow' | 'postern, sqlite' | 'postern, firestore';

/** One that takes part: with a place of its own, unless it was given one. */
export interface Contestant extends Running {
  name: ContestantName;
  place: Place;
  /** What is told of its health: Postern’s only. */
  adminUrl: string;
  /** Its store, if it is Postern. */
  store: string;
}

export interface StartOptions {
  place?: Place;
  /** How many people have consented. */
  people?: number;
  /** `STORE`, when another one has it already. */
  store?: string;
  /** More variables. */
  environment?: Record<string, string>;
  /** For Node. */
  nodeArgs?: readonly string[];
}

/** So many people ask in turns, each in spaces of their own. */
export const PEOPLE = 200;

/**
 * As fast as the configuration allows. A project has 3000 messages a minute: what is measured here is how far Postern is from
 * being what limits it.
 */
const UNLIMITED = { CHAT_WRITES_PER_MINUTE: '100000', CHAT_WRITES_PER_SECOND_AND_SPACE: '10' };

/** Chat's own quotas: what Postern has unless told otherwise. */
export const BY_QUOTA = { CHAT_WRITES_PER_MINUTE: '3000', CHAT_WRITES_PER_SECOND_AND_SPACE: '1' };

export async function start(
  lab: Lab,
  name: ContestantName,
  options: StartOptions = {},
): Promise<Contestant> {
  const place = options.place ?? lab.newPlace();
  const people = options.people ?? PEOPLE;
  const store =
    options.store ?? (name.startsWith('postern') ? await newStore(lab, name, place, people) : '');
  const adminPort = await freePort();
  const environment = {
    ...process.env,
    ...environmentOf(lab, { place, store, adminPort }),
    ...UNLIMITED,
    TOKENS_FILE: tokensFile(lab.folder, PEOPLE),
    ...options.environment,
  };
  const args = [...(options.nodeArgs ?? []), entryOf(lab, name)];
  const running = run(args, environment, join(lab.folder, `${name}.log`));
  return { ...running, name, place, store, adminUrl: `http://127.0.0.1:${adminPort}` };
}

function entryOf({ entry }: Lab, name: ContestantName): string {
  switch (name) {
    case 'bare':
      return join(import.meta.dirname, 'bare.ts');
    case 'published flow':
      return join(import.meta.dirname, 'published-flow.ts');
    case 'postern, sqlite':
    case 'postern, firestore':
      return entry('subscriber');
  }
}

async function newStore(
  { folder, credentials }: Lab,
  name: ContestantName,
  { project }: Place,
  people: number,
): Promise<string> {
  if (name === 'postern, sqlite') {
    return `sqlite:${await sqliteWithGrants(folder, credentials, { name: project, people })}`;
  }
  const database = '(default)';
  await withStore({ kind: 'firestore', database, projectId: project }, (store) =>
    giveGrants(store, credentials, people),
  );
  return `firestore:${database}`;
}

/** The variables of Postern's processes; the others take what they know of them. */
export function environmentOf(
  { folder, credentials, chat }: Lab,
  {
    place,
    store,
    adminPort = 1,
    oauthWebPort = 1,
  }: { place: Place; store: string; adminPort?: number; oauthWebPort?: number },
): Record<string, string> {
  const { NOTIFICATIONS_SUBSCRIPTION: _none, ...environment } = appEnvironment({
    project: place.project,
    credentials,
    googleUrl: chat.url,
    pubsubHost: place.pubsubHost,
    redirectUri: `http://127.0.0.1:${oauthWebPort}/oauth2`,
    files: {
      clientSecrets: join(folder, `${place.project}.client.json`),
      serviceAccount: join(folder, 'service-account.json'),
    },
    store,
    ports: { oauthWeb: oauthWebPort, admin: adminPort },
  });
  return { ...environment, PUBSUB_TOPIC: POSTERN, MAX_CONCURRENCY: '100' };
}
