import {
  Duration,
  type Message,
  type PubSub,
  SubscriptionCloseBehaviors,
} from '@google-cloud/pubsub';
import type { Log } from '../lib/telemetry/log.ts';
import type { SpaceQueue } from './space-queue.ts';

/** @typeParam Delivery what a message is, once it is read */
export interface PullOptions<Delivery> {
  pubsub: PubSub;
  /** An id, or a full name. */
  subscription: string;
  maxConcurrency: number;
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
  /** Whether messages are coming in. */
  isOpen(): boolean;
  /** Takes nothing more, hands back what has not begun, and waits for what has, `drainMs` at most. */
  stop(): Promise<void>;
}

/** The streaming pull. Settings are those measured in feasibility.md, sections 2 and 3. */
export function startPull<Delivery>(options: PullOptions<Delivery>): Pull {
  const { pubsub, maxConcurrency, drainMs, queue, log, read, orderKey, handle, onBroken } = options;
  const subscription = pubsub.subscription(options.subscription, {
    // The library's own bound lets a whole batch through anyway; ours is the queue. This is how much may wait in it.
    flowControl: { maxMessages: maxConcurrency * 10 },
    // With several streams messages wait in each one's buffer past their deadline, and one can die unseen.
    streamingOptions: { maxStreams: 1 },
    batching: { maxMilliseconds: 10 },
    maxExtensionTime: Duration.from({ minutes: 10 }),
    // The default would hand back what is being worked on, and have it done twice.
    closeOptions: {
      behavior: SubscriptionCloseBehaviors.WaitForProcessing,
      timeout: Duration.from({ milliseconds: drainMs }),
    },
  });

  const waiting = new Set<Message>();
  let state: 'open' | 'stopping' | 'broken' = 'open';

  const work = async (message: Message, delivery: Delivery): Promise<void> => {
    // Handed back while it waited for its turn.
    if (!waiting.delete(message)) return;
    try {
      const decision = await handle(delivery);
      if (decision === 'ack') message.ack();
      else message.nack();
    } catch (error) {
      log.error('message handler failed', { messageId: message.id, error });
      message.nack();
    }
  };

  subscription.on('message', (message) => {
    if (state !== 'open') return message.nack();
    waiting.add(message);
    const delivery = read(message);
    void queue.run(orderKey(delivery), () => work(message, delivery));
  });
  // The library retries what may pass. What it reports is final, and the stream never comes back by itself.
  const broken = (error?: Error): void => {
    if (state !== 'open') return;
    state = 'broken';
    onBroken(error);
  };
  subscription.on('error', broken);
  subscription.on('close', () => broken());

  return {
    isOpen: () => state === 'open',
    async stop() {
      state = 'stopping';
      for (const message of waiting) message.nack();
      waiting.clear();
      await subscription.close();
    },
  };
}
