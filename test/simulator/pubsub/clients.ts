import { on, once } from 'node:events';
import type { TestContext } from 'node:test';
import {
  type Message,
  PubSub,
  type Subscription,
  type SubscriptionOptions,
  v1,
} from '@google-cloud/pubsub';
import { credentials } from '@grpc/grpc-js';
import { z } from 'zod';

// Google's libraries look for a metadata server, even when they talk to an emulator.
process.env['METADATA_SERVER_DETECTION'] = 'none';

let projects = 0;

/** Google's own clients, unchanged, in a project of its own with a topic and a subscription. All closed after the test. */
export interface Project {
  id: string;
  pubsub: PubSub;
  /** The API as it is on the wire: nothing is extended, retried or handed back behind the test's back. */
  subscriber: v1.SubscriberClient;
  publisher: v1.PublisherClient;
  /** Full resource names. */
  topic: string;
  subscription: string;
}

export async function createProject(
  t: TestContext,
  host: string,
  settings: Parameters<v1.SubscriberClient['createSubscription']>[0] = {},
): Promise<Project> {
  projects += 1;
  const id = `contract-${projects}`;
  const project = {
    id,
    ...connect(t, host, id),
    topic: `projects/${id}/topics/events`,
    subscription: `projects/${id}/subscriptions/worker`,
  };
  await project.publisher.createTopic({ name: project.topic });
  await project.subscriber.createSubscription({
    name: project.subscription,
    topic: project.topic,
    ...settings,
  });
  return project;
}

/** The clients of one more process, so to speak. */
export function connect(t: TestContext, host: string, projectId: string) {
  const [servicePath = '', port] = host.split(':');
  const options = {
    projectId,
    servicePath,
    port: Number(port),
    sslCreds: credentials.createInsecure(),
  };
  const pubsub = new PubSub({ projectId, apiEndpoint: host });
  const subscriber = new v1.SubscriberClient(options);
  const publisher = new v1.PublisherClient(options);
  t.after(() => Promise.all([pubsub.close(), subscriber.close(), publisher.close()]));
  return { pubsub, subscriber, publisher };
}

/** The messages that a subscription's `message` event brings, in their order. */
export class Inbox {
  readonly subscription: Subscription;
  readonly messages: Message[] = [];

  /** Opens one stream, and closes it after the test. `onMessage` is the handler. */
  constructor(
    t: TestContext,
    project: { pubsub: PubSub; subscription: string },
    onMessage: (message: Message) => void = () => {},
    options: SubscriptionOptions = {},
  ) {
    this.subscription = project.pubsub.subscription(project.subscription, {
      streamingOptions: { maxStreams: 1 },
      batching: { maxMilliseconds: 10 },
      ...options,
    });
    this.subscription.on('error', () => {});
    this.subscription.on('message', (message) => {
      this.messages.push(message);
      onMessage(message);
      this.subscription.emit('received');
    });
    t.after(() => this.subscription.close());
  }

  /** Resolves when so many messages have come. */
  async received(count: number): Promise<Message[]> {
    while (this.messages.length < count) await once(this.subscription, 'received');
    return this.messages;
  }

  /** Resolves with the gRPC status that the subscription fails with. */
  failed(): Promise<number> {
    return new Promise((resolve) => {
      this.subscription.once('error', (error: { code: number }) => resolve(error.code));
    });
  }
}

const streamedResponse = z.tuple([
  z.object({
    receivedMessages: z.array(
      z.object({ ackId: z.string(), message: z.object({ messageId: z.string() }) }),
    ),
  }),
]);

/** A StreamingPull call as it is on the wire, one response at a time. Cancelled after the test. */
export class RawStream {
  readonly #stream: ReturnType<v1.SubscriberClient['streamingPull']>;
  readonly #responses: AsyncIterator<unknown>;

  constructor(t: TestContext, { subscriber, subscription }: Project, settings: object = {}) {
    this.#stream = subscriber.streamingPull();
    this.#stream.on('error', () => {});
    this.#responses = on(this.#stream, 'data');
    this.send({ subscription, streamAckDeadlineSeconds: 10, ...settings });
    t.after(() => this.cancel());
  }

  send(request: object): void {
    this.#stream.write(request);
  }

  /** The messages of the next response. */
  async next(): Promise<{ ackId: string; id: string }[]> {
    const response = await this.#responses.next();
    const [{ receivedMessages }] = streamedResponse.parse(response.value);
    return receivedMessages.map(({ ackId, message }) => ({ ackId, id: message.messageId }));
  }

  /** Resolves with the gRPC status that ends the stream. */
  failed(): Promise<unknown> {
    return new Promise((resolve) => {
      this.#stream.on('error', (error) => resolve('code' in error ? error.code : error));
    });
  }

  cancel(): void {
    this.#stream.cancel();
  }
}

/** One pull that answers at once: the messages that are ready now. */
export async function pullNow({ subscriber, subscription }: Project, maxMessages = 100) {
  const [response] = await subscriber.pull({ subscription, maxMessages, returnImmediately: true });
  return (response.receivedMessages ?? []).map(({ ackId, message, deliveryAttempt }) => ({
    ackId: ackId ?? '',
    id: message?.messageId ?? '',
    text: String(message?.data ?? ''),
    attributes: message?.attributes ?? {},
    deliveryAttempt,
  }));
}

/** A pull that waits for its message. */
export async function pullOne(project: Project) {
  for (;;) {
    const [message] = await pullNow(project, 1);
    if (message !== undefined) return message;
  }
}

/** Publishes texts in one request, and answers with the messages' ids. */
export async function publish({ publisher, topic }: Project, ...texts: string[]) {
  const messages = texts.map((text) => ({ data: Buffer.from(text) }));
  const [response] = await publisher.publish({ topic, messages });
  return response.messageIds ?? [];
}
