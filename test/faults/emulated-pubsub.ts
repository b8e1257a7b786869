import { PubSub, v1 } from '@google-cloud/pubsub';
import { credentials } from '@grpc/grpc-js';
import { seconds } from '../../src/lib/clock.ts';
import { within } from '../support/within.ts';
import type { GroundPubSub } from './ground.ts';

const PATIENCE_MS = seconds(30);

/** A project of its own at Google's emulator, with topics and subscriptions as the simulator has them. */
export async function emulatedPubSub(
  host: string,
  projectId: string,
): Promise<GroundPubSub & { close(): Promise<void> }> {
  const pubsub = new PubSub({ projectId });
  const [servicePath = '', port] = host.split(':');
  const sslCreds = credentials.createInsecure();
  const api = new v1.SubscriberClient({ projectId, servicePath, port: Number(port), sslCreds });
  const { topic, subscription } = await setUp(pubsub);
  let snapshots = 0;
  return {
    host: () => host,
    publish: (_google, data) => topic.publishMessage({ data }),
    // The emulator doesn't tell how much waits, and whoever pulls to find out takes what subscribers should have.
    isAcked: () => true,
    // A snapshot holds all that is not acked, leased or not; the emulator brings it back to the same subscription only.
    async left() {
      snapshots += 1;
      const snapshot = `left-${snapshots}`;
      const look = async (): Promise<number> => {
        await subscription.createSnapshot(snapshot);
        await subscription.seek(snapshot);
        return pullAll(api, subscription.name);
      };
      const count = await within('a look at the subscription', PATIENCE_MS, look());
      return count === 0 ? undefined : `${count} unacked`;
    },
    isDisturbedByPulls: true,
    async close() {
      await Promise.all([pubsub.close(), api.close()]);
    },
  };
}

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
async function pullAll(api: v1.SubscriberClient, subscription: string): Promise<number> {
  const ackIds: string[] = [];
  for (;;) {
    const request = { subscription, maxMessages: 1000, returnImmediately: true };
    const [{ receivedMessages }] = await api.pull(request);
    const pulled = (receivedMessages ?? []).flatMap(({ ackId }) => ackId ?? []);
    if (pulled.length === 0) break;
    ackIds.push(...pulled);
  }
  if (ackIds.length > 0) {
    await api.modifyAckDeadline({ subscription, ackIds, ackDeadlineSeconds: 0 });
  }
  return ackIds.length;
}
