import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PubSub } from '@google-cloud/pubsub';
import { type Credentials, loadCredentials } from '../simulator/credentials.ts';
import { type PubSubServer, startPubSub } from '../simulator/pubsub/server.ts';
import { noSnapshot } from '../simulator/snapshot.ts';
import { Arrivals } from './google/arrivals.ts';
import { type Ask, eventOf } from './google/asks.ts';
import { type FakeChat, startFakeChat } from './google/fake-chat.ts';
import type { Sizes } from './sizes.ts';

/**
 * Everything that is measured with. It is this process: it publishes, and it is Chat, so that both ends of a delay are read
 * off one clock; while something is measured it does nothing else.
 */
export interface Lab {
  sizes: Sizes;
  /** Where Postern's processes are: compiled, unless a test looks whether it all runs. */
  entry: (process: 'subscriber' | 'oauth-web') => string;
  /** For stores and logs. Deleted in the end. */
  folder: string;
  credentials: Credentials;
  arrivals: Arrivals;
  chat: FakeChat;
  pubsub: PubSubServer;
  /** A topic and a subscription of their own, in a project of their own. */
  newPlace(): Place;
  close(): Promise<void>;
}

/** Where a contestant gets its events from. */
export interface Place {
  project: string;
  /** What `PUBSUB_EMULATOR_HOST` has to be. */
  pubsubHost: string;
  /** Publishes an event, and gives its number. */
  ask(ask: Omit<Ask, 'number'>): number;
}

/** What both topic and subscription are called. */
export const POSTERN = 'postern';

export async function openLab({ sizes, entry }: Pick<Lab, 'sizes' | 'entry'>): Promise<Lab> {
  const folder = mkdtempSync(join(tmpdir(), 'postern-bench-'));
  const arrivals = new Arrivals();
  const chat = await startFakeChat(arrivals);
  const pubsub = await startPubSub();
  let places = 0;
  return {
    sizes,
    entry,
    folder,
    credentials: loadCredentials('postern-bench', noSnapshot()),
    arrivals,
    chat,
    pubsub,
    newPlace() {
      places += 1;
      const project = `bench-${places}`;
      const topic = `projects/${project}/topics/${POSTERN}`;
      pubsub.createTopic(topic);
      pubsub.createSubscription({
        name: subscriptionIn(project),
        topic,
        // As README.md sets it up.
        ackDeadlineSeconds: 60,
        retryPolicy: { minimumBackoffMs: 10_000, maximumBackoffMs: 600_000 },
      });
      return {
        project,
        pubsubHost: pubsub.host,
        ask: (ask) => publish(arrivals, ask, (data) => void pubsub.publish(topic, data)),
      };
    },
    async close() {
      await Promise.all([chat.stop(), pubsub.stop()]);
      rmSync(folder, { recursive: true });
    },
  };
}

export function subscriptionIn(project: string): string {
  return `projects/${project}/subscriptions/${POSTERN}`;
}

/** The same over Google's emulator. */
export async function placeInEmulator(lab: Lab, host: string, project: string): Promise<Place> {
  const client = new PubSub({ projectId: project, apiEndpoint: host, emulatorMode: true });
  const [topic] = await client.createTopic(POSTERN);
  await topic.createSubscription(POSTERN, { ackDeadlineSeconds: 60 });
  const publisher = client.topic(POSTERN, { batching: { maxMessages: 100, maxMilliseconds: 1 } });
  return {
    project,
    pubsubHost: host,
    ask: (ask) =>
      publish(lab.arrivals, ask, (data) => void publisher.publishMessage({ data }).catch(() => {})),
  };
}

function publish(
  arrivals: Arrivals,
  ask: Omit<Ask, 'number'>,
  send: (data: Buffer) => void,
): number {
  const number = arrivals.begin();
  send(eventOf({ ...ask, number }, new Date()));
  return number;
}
