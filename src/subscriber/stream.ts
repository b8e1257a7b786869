import { setTimeout as wait } from 'node:timers/promises';
import {
  Duration,
  type Message,
  type PubSub,
  type Subscription,
  SubscriptionCloseBehaviors,
} from '@google-cloud/pubsub';
import { seconds } from '../lib/clock.ts';
import { type Channel, onChannel, whenReady } from './channel.ts';

/**
 * A connection and its stream have so long to come about, in milliseconds. gRPC itself waits for ever for the first words of
 * a server that has taken the connection.
 */
const OPENING_MS = seconds(30);

/**
 * Pub/Sub says nothing when it takes a stream, only when it refuses one. So a stream that is not refused for so long over a
 * connection that stands, in milliseconds, counts as open. A refusal that takes longer is noticed then.
 */
const REFUSAL_MS = seconds(0.5);

const MAX_BYTES = 32 * 1024 * 1024;

/** How long Pub/Sub is told that a message is being worked on: longer than a whole space's share takes at Chat's pace. */
const MAX_EXTENSION = Duration.from({ minutes: 60 });

/** What the library says when it is about to repeat a stream by itself. A test holds this against it. */
const STREAM_ENDED = /^Subscriber stream \d+ has ended/;

export interface StreamOptions {
  /** A client of the stream’s own, with more options for its channel. The stream closes it. */
  connect: (channelOptions: object) => PubSub;
  /** An id, or a full name. */
  subscription: string;
  /** How many messages may be here at a time. */
  maxMessages: number;
  /** How long a close waits for what has been handed over, in milliseconds. The library keeps the last second for itself. */
  drainMs: number;
  /** How long it may take to open, in milliseconds. By default 30 s. */
  openingMs?: number;
  onMessage: (message: Message) => void;
}

/** One streaming pull over a connection of its own, from its opening to its end. It is never opened again. */
export interface Stream {
  /** Resolves when messages can come. Never, if the stream ends before. */
  readonly opened: Promise<void>;
  /** Resolves when no message will come any more: with the reason, unless it was closed by us. */
  readonly ended: Promise<Error | undefined>;
  /** Resolves when all that was handed over has been acked or handed back. */
  readonly drained: Promise<void>;
  /** Whether its connection stands. */
  isConnected(): boolean;
  /** Ends it. What was handed over can still be acked until it is drained. */
  close(): void;
}

/** Settings are those measured in feasibility.md, sections 2 and 3. */
export function openStream(options: StreamOptions): Stream {
  const { connect, maxMessages, drainMs, openingMs = OPENING_MS, onMessage } = options;
  const opened = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<Error | undefined>();
  const begun = Promise.withResolvers<void>();
  const over = new AbortController();
  let channel: Channel | undefined;

  const pubsub = connect(
    onChannel((used) => {
      if (channel !== undefined) return;
      channel = used;
      begun.resolve();
      void awaitNoRefusal(used);
    }),
  );
  const subscription = pubsub.subscription(options.subscription, {
    // The library's own bound lets a whole batch through anyway; the queue is ours. This is how much may wait in it.
    flowControl: { maxMessages, maxBytes: MAX_BYTES },
    // With several streams messages wait in each one's buffer past their deadline, and one can die unseen.
    streamingOptions: { maxStreams: 1, timeout: openingMs },
    batching: { maxMilliseconds: 10 },
    maxExtensionTime: MAX_EXTENSION,
    // What a crash leaves behind comes back as soon, however long messages have been waiting in a flood before.
    maxAckDeadline: Duration.from({ seconds: 60 }),
    // The default would hand back what is being worked on, and have it done twice.
    closeOptions: {
      behavior: SubscriptionCloseBehaviors.WaitForProcessing,
      timeout: Duration.from({ milliseconds: drainMs }),
    },
  });

  const end = (error?: Error): void => {
    over.abort();
    clearTimeout(late);
    ended.resolve(error);
    void begun.promise.then(() => subscription.close());
  };
  const late = setTimeout(() => end(new Error('The stream did not open in time.')), openingMs);
  const open = (): void => {
    clearTimeout(late);
    if (!over.signal.aborted) opened.resolve();
  };
  const awaitNoRefusal = async (used: Channel): Promise<void> => {
    await whenReady(used, over.signal);
    await wait(REFUSAL_MS, undefined, { signal: over.signal }).catch(() => {});
    open();
  };

  const closed = whenClosed(subscription);
  // A channel that is closed while the library waits for it comes to life again (grpc-js 1.14.7, `Client.waitForReady`).
  void closed
    .then(() => channel && whenReady(channel, AbortSignal.timeout(openingMs)))
    .then(() => pubsub.close());
  // What has not begun holds nothing, and may take its time to find that out.
  const drained = ended.promise.then(() => (channel === undefined ? undefined : closed));
  subscription.on('message', (message) => {
    open();
    onMessage(message);
  });
  // Final for the library: it opens this stream no more.
  subscription.on('error', (error) => {
    begun.resolve();
    end(error);
  });
  // Not final for the library: it would go on over the same connection for ever, and say no more.
  subscription.on('debug', ({ message, error }) => {
    if (STREAM_ENDED.test(message)) end(error ?? new Error(message));
  });

  return {
    opened: opened.promise,
    ended: ended.promise,
    drained,
    isConnected: () => channel?.isReady() ?? false,
    close: () => end(),
  };
}

function whenClosed(subscription: Subscription): Promise<void> {
  return new Promise((resolve) => {
    subscription.on('close', resolve);
  });
}
