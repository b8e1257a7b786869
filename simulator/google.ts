import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import express from 'express';
import { days } from '../src/lib/clock.ts';
import { CHAT_PUBLISHER, member } from '../src/lib/project/accounts.ts';
import { PUBLISHER_ROLE } from '../src/lib/project/blueprint.ts';
import { type Accounts, createAccounts } from './accounts/accounts.ts';
import { type CallLog, createCallLog } from './chat/call-log.ts';
import { createChatApi } from './chat/chat-api.ts';
import { createFaults, type Faults } from './chat/faults.ts';
import type { Quotas } from './chat/quota.ts';
import { type Credentials, publicPart } from './credentials.ts';
import type { Dialect } from './events/happening.ts';
import { createInspector } from './inspector/inspector.ts';
import { createObservatory, type Observatory } from './journal/observe.ts';
import { createSimulatedKms, type SimulatedKms } from './kms/kms-api.ts';
import { createPage } from './page/page.ts';
import { type PubSubServer, startPubSub } from './pubsub/server.ts';
import type { Snapshot } from './snapshot.ts';
import type { SubscriberControl } from './weather/subscriber-control.ts';
import { createWeather } from './weather/weather.ts';
import type { ChatWorld } from './world/chat-world.ts';
import { createWorld } from './world/create-world.ts';
import type { WorldOptions } from './world/options.ts';
import { ORGANIZATION } from './world/people.ts';

export interface GoogleOptions {
  project: string;
  credentials: Credentials;
  /** The callback of the app. */
  redirectUri: string;
  /** Where each part keeps its state. */
  snapshot: (part: 'chat' | 'accounts') => Snapshot;
  /** Of the web server: accounts, Chat's API, and the page. 0 or absent: any free one. */
  port?: number;
  pubsubPort?: number;
  /** Where events go instead of the embedded Pub/Sub: to Google's emulator, say. */
  publish?: (data: Buffer) => Promise<void>;
  dialect: () => Dialect;
  quotas?: Quotas | undefined;
  /** The app's SQLite file, for the inspector to look into. */
  ledger?: string | undefined;
  /** The longest that Pub/Sub keeps back what was handed back, in milliseconds. A minute by default. */
  maximumBackoffMs?: number | undefined;
  /** The subscriber, where the weather page may kill and start it. */
  subscriber?: SubscriberControl | undefined;
  /** What the app is on the Chat API page. */
  app?: NonNullable<WorldOptions['app']>;
}

/** A Google on your laptop: Chat with its API, accounts, Pub/Sub, and a page to see it all in. */
export interface Google {
  /** The page; also what `CHAT_API_URL` and `OAUTH_ISSUER` have to be. */
  url: string;
  /** What `PUBSUB_EMULATOR_HOST` has to be. */
  pubsubHost: string;
  topic: string;
  subscription: string;
  /** Where systems behind the firewall publish. */
  notifications: { topic: string; subscription: string };
  world: ChatWorld;
  accounts: Accounts;
  /** Cloud KMS, where the app may keep the key of what it stores. */
  kms: SimulatedKms;
  /** The name of the key that is there. */
  kmsKey: string;
  pubsub: PubSubServer;
  /** What the inspector shows. */
  observatory: Observatory;
  /** What Chat's API was asked. */
  calls: CallLog;
  chatFaults: Faults;
  stop(): Promise<void>;
}

/** @throws when a port is taken */
export async function startGoogle(options: GoogleOptions): Promise<Google> {
  const { project, credentials, redirectUri, snapshot, dialect } = options;
  const clock = Date.now;
  const topic = `projects/${project}/topics/postern`;
  const subscription = `projects/${project}/subscriptions/postern`;

  const notifications = {
    topic: `projects/${project}/topics/notifications`,
    subscription: `projects/${project}/subscriptions/postern-notifications`,
  };

  const observatory = createObservatory({
    clock,
    notifications: notifications.topic,
    ledger: options.ledger,
  });
  const pubsub = await startPubSub({
    port: options.pubsubPort ?? 0,
    watch: observatory.onMessage,
  });
  for (const pulled of [
    { topic, subscription, enableMessageOrdering: false },
    { ...notifications, enableMessageOrdering: true },
  ]) {
    pubsub.createTopic(pulled.topic);
    pubsub.createSubscription({
      name: pulled.subscription,
      topic: pulled.topic,
      ackDeadlineSeconds: 10,
      retryPolicy: { minimumBackoffMs: 1000, maximumBackoffMs: options.maximumBackoffMs ?? 60_000 },
      description: {
        enableMessageOrdering: pulled.enableMessageOrdering,
        expirationPolicy: {},
        messageRetentionMs: days(7),
      },
    });
  }
  const publishers = [CHAT_PUBLISHER, credentials.serviceAccount.clientEmail];
  pubsub.setPolicy(topic, [{ role: PUBLISHER_ROLE, members: publishers.map(member) }]);
  const publishHere = (data: Buffer): void => void pubsub.publish(topic, data);
  const publish = options.publish ?? publishHere;
  const weather = createWeather(clock);

  const world = createWorld({
    snapshot: snapshot('chat'),
    clock,
    topic,
    publish({ data, dialects }) {
      const json = JSON.stringify(data);
      observatory.expect(json, dialects);
      return weather.publish(Buffer.from(json), publish);
    },
    dialect,
    ...(options.app === undefined ? {} : { app: options.app }),
  });
  let url = '';
  const accounts = createAccounts({
    people: world.people,
    appName: world.app.displayName,
    organization: ORGANIZATION,
    oauthClients: [
      { kind: 'web', ...credentials.oauthClient, redirectUris: [redirectUri] },
      { kind: 'installed', ...credentials.desktopClient, redirectUris: [] },
    ],
    serviceAccount: publicPart(credentials),
    issuer: () => url,
    snapshot: snapshot('accounts'),
    clock,
    randomBytes,
  });
  const calls = createCallLog();
  const chatFaults = createFaults();
  const faults = weather.overChat(chatFaults);
  const { authenticate } = accounts;
  const kms = createSimulatedKms(authenticate);
  const kmsKey = `projects/${project}/locations/global/keyRings/postern/cryptoKeys/postern`;
  kms.keys.create(kmsKey);

  const app = express();
  app.disable('x-powered-by');
  app.use(observatory.onRequest(authenticate));
  app.use(weather.watch);
  app.use(accounts.iam);
  app.use(kms.router);
  app.use(createChatApi({ world, authenticate, clock, quotas: options.quotas, faults, calls }));
  app.use('/token', weather.overTokens);
  app.use(accounts.router);
  app.use(createPage({ world }));
  app.use(createInspector({ observatory, world, pubsub, notifications }));
  app.use(
    weather.page({
      world,
      accounts,
      pubsub,
      subscriptions: [subscription, notifications.subscription],
      subscriber: options.subscriber,
    }),
  );
  const server = app.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${portOf(server)}`;

  return {
    url,
    pubsubHost: pubsub.host,
    topic,
    subscription,
    notifications,
    world,
    accounts,
    kms,
    kmsKey,
    pubsub,
    observatory,
    calls,
    chatFaults,
    async stop() {
      observatory.stop();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await Promise.all([closed, pubsub.stop()]);
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Not listening on a port');
  return address.port;
}
