import type { TestContext } from 'node:test';
import { PubSub } from '@google-cloud/pubsub';
import { type PubSubServer, startPubSub } from '../../simulator/pubsub/server.ts';

const PROJECT = 'postern-test';
export const TOPIC = `projects/${PROJECT}/topics/postern`;
export const SUBSCRIPTION = `projects/${PROJECT}/subscriptions/postern`;

/** An embedded Pub/Sub with Postern's topic and subscription, and Google's client for it. */
export interface EventsTopic {
  server: PubSubServer;
  pubsub: PubSub;
  publish(text: string, attributes?: Record<string, string>): string;
  /** Resolves as soon as this holds of what Pub/Sub has. */
  until(holds: (backlog: ReturnType<PubSubServer['backlog']>) => boolean): Promise<void>;
}

/** @param retryPolicy none by default: what is handed back comes again at once */
export async function openEventsTopic(
  t: TestContext,
  retryPolicy?: { minimumBackoffMs: number },
): Promise<EventsTopic> {
  // Google's libraries look for a metadata server, even when they talk to an emulator.
  process.env['METADATA_SERVER_DETECTION'] = 'none';
  const server = await startPubSub();
  server.createTopic(TOPIC);
  server.createSubscription({ name: SUBSCRIPTION, topic: TOPIC, retryPolicy });
  const pubsub = new PubSub({ projectId: PROJECT, apiEndpoint: server.host });
  t.after(async () => {
    await pubsub.close();
    await server.stop();
  });
  return {
    server,
    pubsub,
    publish: (text, attributes) => server.publish(TOPIC, Buffer.from(text), attributes),
    until: (holds) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!holds(server.backlog(SUBSCRIPTION))) return;
          off();
          resolve();
        };
        const off = server.onChange(look);
        look();
      }),
  };
}
