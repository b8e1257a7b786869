import type { TestContext } from 'node:test';
import { PubSub } from '@google-cloud/pubsub';
import { type PubSubServer, startPubSub } from '../../simulator/pubsub/server.ts';
import type { Timers } from '../../simulator/pubsub/timers.ts';

const PROJECT = 'postern-test';
export const TOPIC = `projects/${PROJECT}/topics/postern`;
export const SUBSCRIPTION = `projects/${PROJECT}/subscriptions/postern`;

/** An embedded Pub/Sub with Postern's topic and subscription, and Google's client for it. */
export interface EventsTopic {
  server: PubSubServer;
  pubsub: PubSub;
  /** One more client, over `host` if it isn't to go straight to the server. */
  connect(channelOptions: object, host?: string): PubSub;
  publish(text: string, attributes?: Record<string, string>): string;
  /** Resolves as soon as this holds of what Pub/Sub has. */
  until(holds: (backlog: ReturnType<PubSubServer['backlog']>) => boolean): Promise<void>;
}

/**
 * @param options.timers by which deadlines pass; the system's unless the test has its own
 * @param options.retryPolicy none by default: what is handed back comes again at once
 */
export async function openEventsTopic(
  t: TestContext,
  { timers, retryPolicy }: { timers?: Timers; retryPolicy?: { minimumBackoffMs: number } } = {},
): Promise<EventsTopic> {
  // Google's libraries look for a metadata server, even when they talk to an emulator.
  process.env['METADATA_SERVER_DETECTION'] = 'none';
  const server = await startPubSub(timers === undefined ? {} : { timers });
  server.createTopic(TOPIC);
  server.createSubscription({ name: SUBSCRIPTION, topic: TOPIC, retryPolicy });
  const connect = (channelOptions: object, host = server.host): PubSub =>
    new PubSub({ projectId: PROJECT, apiEndpoint: host, ...channelOptions });
  const pubsub = connect({});
  t.after(async () => {
    await pubsub.close();
    await server.stop();
  });
  return {
    server,
    pubsub,
    connect,
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
