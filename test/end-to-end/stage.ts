import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { consentAs } from '../../simulator/accounts/consent-as.ts';
import { appEnvironment } from '../../simulator/app-environment.ts';
import type { Quotas } from '../../simulator/chat/quota.ts';
import { type Child, startChild } from '../../simulator/child.ts';
import { type Credentials, loadCredentials } from '../../simulator/credentials.ts';
import { type Google, type GoogleOptions, startGoogle } from '../../simulator/google.ts';
import { noSnapshot } from '../../simulator/snapshot.ts';
import type { ChatWorld } from '../../simulator/world/chat-world.ts';
import type { SimulatedMessage, SimulatedPerson } from '../../simulator/world.ts';
import { assertDiscreet } from '../support/discretion.ts';
import { freePort } from '../support/free-port.ts';
import { consentLink } from './messages.ts';

export interface StageOptions {
  dialect: 'classic' | 'add-on';
  /** `STORE`; an SQLite file of the stage's own unless said otherwise. */
  store?: string;
  /** How Chat's events are published, and where, when that isn't the embedded Pub/Sub. */
  pubsub?: { host?: string; publish: (data: Buffer) => Promise<void> };
  /** The longest back-off of the embedded Pub/Sub, in milliseconds. A minute by default. */
  maximumBackoffMs?: number;
  project?: string;
  quotas?: Quotas;
  /** What the app is on the Chat API page. */
  app?: GoogleOptions['app'];
  /** Where `src` is: the project, unless a test has a copy with something more. */
  root?: string;
  /** Sets up webhooks, and tells the subscriber of them: their paths, by their names. */
  webhooks?: (place: { world: ChatWorld; room: string }) => Record<string, string>;
  /** More variables for both processes. */
  environment?: Record<string, string>;
}

/** The two processes of Postern with a Google of their own, and people to try them with. */
export interface Stage {
  google: Google;
  credentials: Credentials;
  ana: SimulatedPerson;
  bruno: SimulatedPerson;
  /** Ana, Bruno and Postern are in it. */
  room: string;
  /** Ana's direct message with Postern. */
  dm: string;
  folder: string;
  /** What both processes get. */
  environment: Record<string, string>;
  /** Everything that the processes have printed. */
  output: string[];
  /** How many times Chat publishes each event. 1, unless a test is about duplicates. */
  copies: number;
  /** A system behind the firewall publishes this, as JSON. @returns the Pub/Sub message's id */
  notify(notification: object): string;
  /** @param environment more variables for this one */
  startSubscriber(environment?: Record<string, string>): Promise<Subscriber>;
  /** Resolves to what `find` finds, as soon as it does. Rejects after `timeoutMs` (20 s), with what the processes printed. */
  until<T>(what: string, find: () => T | undefined, timeoutMs?: number): Promise<T>;
  /** What a person writes, in the room unless said otherwise. */
  write(
    person: SimulatedPerson,
    text: string,
    where?: { space?: string; thread?: string },
  ): Promise<SimulatedMessage>;
  /** The messages in a space which `person` sees. */
  seen(person: SimulatedPerson, space?: string): SimulatedMessage[];
  /** The consent link on the newest card that only this person sees. Waits for it. */
  link(person: SimulatedPerson, space?: string): Promise<string>;
  /** Opens a link, consents as somebody, and goes where Google sends the browser. */
  consent(url: string, as: SimulatedPerson, allow?: boolean | readonly string[]): Promise<Response>;
  /** Stops everything. Throws when the processes have printed a secret, or what somebody wrote. */
  end(): Promise<void>;
}

export interface Subscriber extends Child {
  adminUrl: string;
}

export async function setStage(options: StageOptions): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'postern-'));
  const project = options.project ?? 'postern-test';
  const credentials: Credentials = loadCredentials(project, noSnapshot());
  const oauthWebPort = await freePort();
  const redirectUri = `http://127.0.0.1:${oauthWebPort}/oauth2`;
  const publish = options.pubsub?.publish ?? publishHere;
  const settings = { copies: 1 };
  const google = await startGoogle({
    project,
    credentials,
    redirectUri,
    snapshot: noSnapshot,
    dialect: () => options.dialect,
    quotas: options.quotas,
    maximumBackoffMs: options.maximumBackoffMs,
    ...(options.app === undefined ? {} : { app: options.app }),
    async publish(data) {
      for (let copy = 0; copy < settings.copies; copy++) await publish(data);
    },
  });
  function publishHere(data: Buffer): Promise<void> {
    google.pubsub.publish(google.topic, data);
    return Promise.resolve();
  }
  const [ana, bruno] = google.world.people;
  const [room, dm] = google.world.spaces().map(({ resource }) => resource.name);
  if (!ana || !bruno || !room || !dm) throw new Error('The simulated world has changed');
  const webhooks = options.webhooks?.({ world: google.world, room }) ?? {};
  const output: string[] = [];
  const children: Child[] = [];

  const environment = (adminPort: number): Record<string, string> => ({
    ...appEnvironment({
      project,
      credentials,
      googleUrl: google.url,
      pubsubHost: options.pubsub?.host ?? google.pubsubHost,
      redirectUri,
      files: {
        clientSecrets: join(folder, 'client_secrets.json'),
        serviceAccount: join(folder, 'service-account.json'),
      },
      store: options.store ?? `sqlite:${join(folder, 'postern.sqlite')}`,
      ports: { oauthWeb: oauthWebPort, admin: adminPort },
    }),
    LOG_LEVEL: 'debug',
    WEBHOOKS: Object.entries(webhooks)
      .map(([name, path]) => `${name}=${google.url}${path}`)
      .join(),
    ...options.environment,
  });
  const start = async (
    entry: string,
    adminPort: number,
    readyUrl: string,
    more: Record<string, string> = {},
  ): Promise<Child> => {
    const path = join(options.root ?? '', entry);
    const child = startChild(path, { ...process.env, ...environment(adminPort), ...more }, (line) =>
      output.push(line),
    );
    children.push(child);
    const dead = new AbortController();
    const died = child.ended.then((code) => {
      dead.abort();
      throw new Error(`${entry} ended with ${code} before it was ready:\n${output.join('\n')}`);
    });
    died.catch(() => {});
    await Promise.race([ready(readyUrl, dead.signal), died]);
    return child;
  };
  await start('src/oauth-web/main.ts', 1, `http://127.0.0.1:${oauthWebPort}/readyz`);

  const until = async <T>(
    what: string,
    find: () => T | undefined,
    timeoutMs = 20_000,
  ): Promise<T> => {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      if (Date.now() > deadline) throw new Error(`${what}: not seen.\n${output.join('\n')}`);
      await changed(google);
    }
  };
  const seen: Stage['seen'] = (person, space = room) =>
    google.world.messagesSeenBy(`users/${person.id}`, space);

  const stage: Omit<Stage, 'copies'> = {
    google,
    credentials,
    ana,
    bruno,
    room,
    dm,
    folder,
    environment: environment(1),
    output,
    until,
    seen,
    async startSubscriber(more) {
      const port = await freePort();
      const adminUrl = `http://127.0.0.1:${port}`;
      const child = await start('src/subscriber/main.ts', port, `${adminUrl}/readyz`, more);
      return { ...child, adminUrl };
    },
    notify: (notification) =>
      google.pubsub.publish(google.notifications.topic, Buffer.from(JSON.stringify(notification))),
    write: (person, text, { space = room, thread } = {}) =>
      google.world.write(`users/${person.id}`, space, text, thread),
    link: (person, space = room) =>
      until(`a consent link for ${person.displayName}`, () =>
        seen(person, space)
          .map(consentLink)
          .findLast((url) => url !== undefined),
      ),
    async consent(url, as, allow = true) {
      const callback = await consentAs({ url, userId: as.id, allow });
      return fetch(callback);
    },
    async end() {
      await Promise.all(children.map((child) => child.stop(10_000)));
      await google.stop();
      rmSync(folder, { recursive: true });
      assertDiscreet(output.join('\n'), { google, credentials });
    },
  };
  return Object.assign(settings, stage);
}

/** The next change of the world, or a moment: what is waited for may be in the logs. */
async function changed({ world }: Google): Promise<void> {
  let off = (): void => {};
  const change = new Promise<void>((resolve) => {
    off = world.onChange(resolve);
  });
  await Promise.race([change, wait(100)]);
  off();
}

/** Resolves when a process is ready, or dead. */
async function ready(url: string, dead: AbortSignal): Promise<void> {
  while (!dead.aborted) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    await wait(25);
  }
}
