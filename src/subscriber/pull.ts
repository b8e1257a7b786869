import type { Message } from '@google-cloud/pubsub';
import type { Log } from '../lib/telemetry/log.ts';
import type { SpaceQueue } from './space-queue.ts';
import { openStream, type Stream, type StreamOptions } from './stream.ts';
import { type SupervisorOptions, superviseStream } from './supervisor.ts';

/** @typeParam Delivery what a message is, once it is read */
export interface PullOptions<Delivery>
  extends Omit<StreamOptions, 'maxMessages' | 'onMessage'>,
    Omit<SupervisorOptions, 'open'> {
  maxConcurrency: number;
  queue: SpaceQueue;
  log: Log;
  /** Reads a message, once. Must not throw. */
  read: (message: Message) => Delivery;
  /** Deliveries with the same key come one at a time, in order. */
  orderKey: (delivery: Delivery) => string;
  /** Decides what Pub/Sub is told. */
  handle: (delivery: Delivery) => Promise<'ack' | 'nack'>;
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

/** Pulls messages for as long as it isn't stopped, over one stream after the other. */
export function startPull<Delivery>(given: PullOptions<Delivery>): Pull {
  const { maxConcurrency, queue, read, orderKey, handle, ...options } = given;
  const { log } = options;
  const waiting = new Set<Message>();
  let takes = true;

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

  /** A stream whose messages go to the queue. When it is drained, its library has handed back what had not begun. */
  const open = (atMost = maxConcurrency * 10): Stream => {
    const own = new Set<Message>();
    const stream = openStream({
      ...options,
      maxMessages: atMost,
      onMessage(message) {
        if (!takes) return message.nack();
        waiting.add(message);
        own.add(message);
        const delivery = read(message);
        void queue
          .run(orderKey(delivery), () => work(message, delivery))
          .finally(() => own.delete(message));
      },
    });
    void stream.drained.then(() => {
      for (const message of own) waiting.delete(message);
    });
    return stream;
  };

  const supervisor = superviseStream({ ...options, open });
  const takeNothing = (): void => {
    takes = false;
    for (const message of waiting) message.nack();
    waiting.clear();
  };

  return {
    isOpen: () => supervisor.isOpen(),
    pause() {
      takeNothing();
      supervisor.pause();
    },
    resume(atMost) {
      takes = true;
      supervisor.resume(atMost);
    },
    async stop() {
      takeNothing();
      await supervisor.stop();
    },
  };
}
