import { PubSub, v1 } from '@google-cloud/pubsub';
import { credentials } from '@grpc/grpc-js';
import { z } from 'zod';
import { openFirestoreStore } from '../../src/lib/store/firestore/firestore-store.ts';
import {
  type Emulator,
  startFirestoreEmulator,
  startPubSubEmulator,
} from '../support/emulators.ts';
import { startSwallowingProxy } from '../support/swallowing-proxy.ts';
import { within } from '../support/within.ts';
import type { Ground } from './ground.ts';

/** Google's emulators, for any number of runs: each has a project of its own. */
export interface Emulators {
  ground(): Promise<Ground>;
  stop(): Promise<void>;
}

const DATABASE = 'auth-data';
const PATIENCE_MS = 30_000;

export async function startEmulators(): Promise<Emulators> {
  const [pubsub, firestore] = await Promise.all([startPubSubEmulator(), startFirestoreEmulator()]);
  // Google's clients know an emulator by these variables only, and look for credentials elsewhere unless told not to.
  process.env['PUBSUB_EMULATOR_HOST'] = pubsub.host;
  process.env['FIRESTORE_EMULATOR_HOST'] = firestore.host;
  process.env['METADATA_SERVER_DETECTION'] = 'none';
  let runs = 0;
  return {
    ground() {
      runs += 1;
      return emulatorGround(pubsub, firestore, `postern-lab-${runs}`);
    },
    async stop() {
      await Promise.all([pubsub.stop(), firestore.stop()]);
    },
  };
}

async function emulatorGround(
  { host: pubsubHost }: Emulator,
  { host: firestoreHost }: Emulator,
  project: string,
): Promise<Ground> {
  const pubsub = new PubSub({ projectId: project });
  const [servicePath = '', port] = pubsubHost.split(':');
  const sslCreds = credentials.createInsecure();
  const subscriber = new v1.SubscriberClient({
    projectId: project,
    servicePath,
    port: Number(port),
    sslCreds,
  });
  const { topic, subscription } = await setUp(pubsub);
  const storeProxy = await startSwallowingProxy(firestoreHost);
  let snapshots = 0;
  return {
    name: 'emulators',
    stage: {
      project,
      store: `firestore:${DATABASE}`,
      environment: { FIRESTORE_EMULATOR_HOST: storeProxy.host },
    },
    pubsubHost: () => pubsubHost,
    storeProxy,
    publish: (_google, data) => topic.publishMessage({ data }),
    // The emulator doesn't tell how much waits, and whoever pulls to find out takes what subscribers should have.
    isAcked: () => true,
    // A snapshot holds all that is not acked, leased or not.
    async left() {
      snapshots += 1;
      const snapshot = `left-${snapshots}`;
      const look = async (): Promise<number> => {
        await subscription.createSnapshot(snapshot);
        await subscription.seek(snapshot);
        return pullAll(subscriber, subscription.name);
      };
      const count = await within('a look at the subscription', PATIENCE_MS, look());
      return count === 0 ? undefined : `${count} unacked`;
    },
    isDisturbedByPulls: true,
    openStore: () => openFirestoreStore({ projectId: project, database: DATABASE }),
    storeText: () => documentsOf(firestoreHost, project),
    async close() {
      await Promise.all([pubsub.close(), subscriber.close(), storeProxy.stop()]);
    },
  };
}

/** As the simulator has it. */
async function setUp(pubsub: PubSub) {
  const [topic] = await pubsub.createTopic('postern');
  const [subscription] = await topic.createSubscription('postern', {
    ackDeadlineSeconds: 10,
    retryPolicy: { minimumBackoff: { seconds: 1 }, maximumBackoff: { seconds: 4 } },
  });
  const [notifications] = await pubsub.createTopic('notifications');
  await notifications.createSubscription('postern-notifications');
  return { topic, subscription };
}

/** Takes all that there is, and hands it back. @returns how many */
async function pullAll(subscriber: v1.SubscriberClient, subscription: string): Promise<number> {
  const ackIds: string[] = [];
  for (;;) {
    const [{ receivedMessages }] = await subscriber.pull({
      subscription,
      maxMessages: 1000,
      returnImmediately: true,
    });
    const pulled = (receivedMessages ?? []).flatMap(({ ackId }) => ackId ?? []);
    if (pulled.length === 0) break;
    ackIds.push(...pulled);
  }
  if (ackIds.length > 0) {
    await subscriber.modifyAckDeadline({ subscription, ackIds, ackDeadlineSeconds: 0 });
  }
  return ackIds.length;
}

const page = z.object({ nextPageToken: z.string().optional() });

/** All documents as JSON, with their bytes in clear. */
async function documentsOf(host: string, project: string): Promise<string> {
  const documents = `http://${host}/v1/projects/${project}/databases/${DATABASE}/documents`;
  const texts: string[] = [];
  for (const collection of ['grants', 'consents', 'requests', 'people']) {
    let token: string | undefined = '';
    while (token !== undefined) {
      const response: Response = await fetch(
        `${documents}/${collection}?pageSize=300&pageToken=${encodeURIComponent(token)}`,
        { headers: { Authorization: 'Bearer owner' }, signal: AbortSignal.timeout(PATIENCE_MS) },
      );
      const text = await response.text();
      if (!response.ok) throw new Error(`The emulator tells no ${collection}: ${response.status}`);
      texts.push(text, bytesIn(text));
      token = page.parse(JSON.parse(text)).nextPageToken;
    }
  }
  return texts.join('\n');
}

function bytesIn(json: string): string {
  return [...json.matchAll(/"bytesValue":\s*"([^"]*)"/g)]
    .map(([, bytes = '']) => Buffer.from(bytes, 'base64').toString('latin1'))
    .join('\n');
}
