import {
  Duration,
  type Message,
  type PubSub,
  type Subscription,
  SubscriptionCloseBehaviors,
} from '@google-cloud/pubsub';
import type { Log } from '../lib/telemetry/log.ts';
import type { SpaceQueue } from './space-queue.ts';
import { createWaitingRoom } from './waiting-room.ts';

/**
 * How much may be here at a time, waiting for its turn or in progress. That is what keeps a flooded space from delaying the
 * others: whoever is pulled is as good as never behind it. Chat's quota for a project would need minutes for so many.
 */
const MAX_MESSAGES = 10_000;
const MAX_BYTES = 32 * 1024 * 1024;

/** How long Pub/Sub is told that a message is being worked on: longer than a whole space's share takes at Chat's pace. */
const MAX_EXTENSION = Duration.from({ minutes: 60 });

/** @typeParam Delivery what a message is, once it is read */
export interface PullOptions<Delivery> {
  pubsub: PubSub;
  /** An id, or a full name. */
  subscription: string;
  /** How long a stop waits for what has begun, in milliseconds. The library keeps the last second for itself. */
  drainMs: number;
  queue: SpaceQueue;
  log: Log;
  /** Reads a message, once. Must not throw. */
  read: (message: Message) => Delivery;
  /** Deliveries with the same key come one at a time, in order. */
  orderKey: (delivery: Delivery) => string;
  /** Decides what Pub/Sub is told. */
  handle: (delivery: Delivery) => Promise<'ack' | 'nack'>;
  /** The stream has ended for good: no message will come any more. */
  onBroken: (error: Error | undefined) => void;
}

export interface Pull {
  /** Whether messages are coming in, or would if it weren't paused. */
  isOpen(): boolean;
  /** Takes nothing more and hands back what has not begun, until `resume`. What has begun goes on. */
  pause(): void;
  /** Has no effect unless paused. @param atMost how many messages may be here at a time; by default as many as ever */
  resume(atMost?: number): void;
  /** Takes nothing more, hands back what has not begun, and waits for what has, `drainMs` at most. */
  stop(): Promise<void>;
}

/** The streaming pull. Settings are those measured in feasibility.md, sections 2 and 3. */
export function startPull<Delivery>(options: PullOptions<Delivery>): Pull {
  const { queue, log, read, orderKey, handle, onBroken } = options;
  const waiting = createWaitingRoom<Message>();
  const closing = new Set<Promise<void>>();
  let state: 'open' | 'stopping' | 'broken' = 'open';
  /** The stream that messages are taken from. None, while there is no need for any. */
  let current: Subscription | undefined;

  const work = async (message: Message, delivery: Delivery): Promise<void> => {
    // Handed back while it waited for its turn.
    if (!waiting.leave(message)) return;
    try {
      const decision = await handle(delivery);
      if (decision === 'ack') message.ack();
      else message.nack();
    } catch (error) {
      log.error('message handler failed', { messageId: message.id, error });
      message.nack();
    }
  };

  const take = (message: Message): void => {
    const delivery = read(message);
    const space = orderKey(delivery);
    if (waiting.enter(message, space)) void queue.run(space, () => work(message, delivery));
    // It comes back after the subscription's back-off, when there may be a place.
    else message.nack();
  };

  const open = (atMost: number): void => {
    const stream = openStream(options, atMost);
    current = stream;
    stream.on('message', (message) => (stream === current ? take(message) : message.nack()));
    // The library retries what may pass. What it reports is final, and the stream never comes back by itself.
    const broken = (error?: Error): void => {
      if (stream !== current) return;
      current = undefined;
      state = 'broken';
      onBroken(error);
    };
    stream.on('error', broken);
    stream.on('close', () => broken());
  };

  const shut = (): void => {
    for (const message of waiting.empty()) message.nack();
    const closed = current?.close();
    current = undefined;
    if (closed === undefined) return;
    closing.add(closed);
    closed.finally(() => closing.delete(closed)).catch(() => {});
  };

  open(MAX_MESSAGES);
  return {
    isOpen: () => state === 'open',
    pause: shut,
    resume(atMost = MAX_MESSAGES) {
      if (state === 'open' && current === undefined) open(atMost);
    },
    async stop() {
      state = 'stopping';
      shut();
      await Promise.all(closing);
    },
  };
}

function openStream(
  {
    pubsub,
    subscription,
    drainMs,
  }: Pick<PullOptions<never>, 'pubsub' | 'subscription' | 'drainMs'>,
  maxMessages: number,
): Subscription {
  return pubsub.subscription(subscription, {
    // The library's own bound lets a whole batch through anyway; ours is the queue. This is how much may wait in it.
    flowControl: { maxMessages, maxBytes: MAX_BYTES },
    // With several streams messages wait in each one's buffer past their deadline, and one can die unseen.
    streamingOptions: { maxStreams: 1 },
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
}
