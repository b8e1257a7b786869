import protos from '@google-cloud/pubsub-api/build/protos/protos.json' with { type: 'json' };
import { Server, ServerCredentials, type ServiceDefinition, status } from '@grpc/grpc-js';
import { fromJSON, type PackageDefinition } from '@grpc/proto-loader';
import type { Backlog } from './backlog.ts';
import { Broker } from './broker.ts';
import { iamDefinition, iamHandlers } from './iam.ts';
import { type Binding, Policies } from './policies.ts';
import { publisherHandlers } from './publisher.ts';
import { Refusal } from './refusal.ts';
import { subscriberHandlers } from './subscriber.ts';
import type { NewSubscription } from './subscription-config.ts';
import { systemTimers, type Timers } from './timers.ts';
import type { Watch } from './watch.ts';

export interface PubSubOptions {
  /** By default, or with 0, any free one. */
  port?: number;
  /** By default `127.0.0.1`. */
  host?: string;
  /** By default the system's. */
  timers?: Timers;
  /** Is told what happens to each message. */
  watch?: Watch;
}

/**
 * A running Pub/Sub. Names are full resource names (`projects/{project}/topics/{topic}`); what Google would refuse throws a
 * `Refusal` with the same gRPC status.
 */
export interface PubSubServer {
  /** `host:port`, as `PUBSUB_EMULATOR_HOST` wants it. */
  readonly host: string;
  createTopic(name: string): void;
  /** Its subscriptions stay, without a topic. */
  deleteTopic(name: string): void;
  createSubscription(subscription: NewSubscription): void;
  /** Answers with the message's id. Publishing the same twice gives two messages. */
  publish(topic: string, data: Buffer, attributes?: Readonly<Record<string, string>>): string;
  /** Delivers one of the topic's last 1000 messages once more, even if it was acknowledged. */
  deliverAgain(subscription: string, messageId: string): void;
  /**
   * Loses all acks and new deadlines that come from now on, over streams and by themselves: who sends them is told that all
   * is well, and the messages come back when their deadlines have passed. Several losses may overlap.
   *
   * @returns what ends it
   */
  loseAcks(subscription: string): () => void;
  /** Gives or takes the role that it takes to consume a subscription. By default everybody has it. */
  allow(subscription: string, allowed: boolean): void;
  /** Replaces who has which role on a topic or a subscription. */
  setPolicy(resource: string, bindings: readonly Binding[]): void;
  /** Ends a subscription’s streams, as Google does now and then: with UNAVAILABLE, unless told otherwise. */
  endStreams(subscription: string, code?: status): void;
  backlog(subscription: string): Backlog;
  /** Called after every change, until the returned function is called. Keep the listener cheap: changes come often. */
  onChange(listener: () => void): () => void;
  /** Cuts every connection. Nothing is kept. */
  stop(): Promise<void>;
}

/** A publish request may have 10 MB, so the wire must take a little more, for Pub/Sub to refuse what is over. */
const MAX_WIRE_BYTES = 12_000_000;

/** A connection whose client is gone without a word ends, rather than get messages for ever. In milliseconds. */
const KEEPALIVE = { 'grpc.keepalive_time_ms': 10_000, 'grpc.keepalive_timeout_ms': 5000 };

/** Google Pub/Sub's v1 gRPC API on this machine, in memory: pull, streaming pull, retries and dead letters. */
export async function startPubSub(options: PubSubOptions = {}): Promise<PubSubServer> {
  const { port = 0, host = '127.0.0.1', timers = systemTimers } = options;
  const broker = new Broker(timers, options.watch);
  const policies = new Policies();
  const server = new Server({
    'grpc.max_receive_message_length': MAX_WIRE_BYTES,
    ...KEEPALIVE,
  });
  const pubsub = fromJSON(protos, { longs: Number });
  server.addService(service(pubsub, 'google.pubsub.v1.Publisher'), publisherHandlers(broker));
  server.addService(
    service(pubsub, 'google.pubsub.v1.Subscriber'),
    subscriberHandlers(broker, timers),
  );
  server.addService(
    service(iamDefinition, 'google.iam.v1.IAMPolicy'),
    iamHandlers(broker, policies),
  );
  const boundPort = await listen(server, `${host}:${port}`);
  return {
    host: `${host}:${boundPort}`,
    createTopic: (name) => void broker.createTopic(name),
    deleteTopic: (name) => broker.deleteTopic(name),
    createSubscription: (subscription) => void broker.createSubscription(subscription),
    publish(topic, data, attributes = {}) {
      const [id = ''] = broker.publish(topic, [{ data, attributes }]);
      return id;
    },
    deliverAgain: (subscription, messageId) => broker.deliverAgain(subscription, messageId),
    loseAcks: (subscription) => broker.subscription(subscription).loseAcks(),
    allow: (subscription, allowed) => broker.allow(subscription, allowed),
    setPolicy: (resource, bindings) => void policies.replace(resource, bindings),
    endStreams: (subscription, code = status.UNAVAILABLE) =>
      broker.endStreams(subscription, new Refusal(code, 'The simulated Pub/Sub ends this stream.')),
    backlog: (subscription) => broker.subscription(subscription).backlog(),
    onChange: (listener) => broker.onChange(listener),
    async stop() {
      broker.close(new Refusal(status.UNAVAILABLE, 'The simulated Pub/Sub is stopping.'));
      await shutDown(server);
    },
  };
}

function service(definitions: PackageDefinition, name: string): ServiceDefinition {
  const definition = definitions[name];
  if (definition === undefined || isMessageType(definition)) throw new Error(`No service ${name}`);
  return definition;
}

function isMessageType(
  definition: PackageDefinition[string],
): definition is Exclude<PackageDefinition[string], ServiceDefinition> {
  return 'format' in definition;
}

function listen(server: Server, address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(address, ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else resolve(port);
    });
  });
}

function shutDown(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.tryShutdown(() => resolve());
    server.forceShutdown();
  });
}
