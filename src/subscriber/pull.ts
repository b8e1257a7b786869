import type { Message } from '@google-cloud/pubsub';
import type { Log } from '../lib/telemetry/log.ts';
import type { SpaceQueue } from './space-queue.ts';
import { openStream, type Stream, type StreamOptions } from './stream.ts';
import { type SupervisorOptions, superviseStream } from './supervisor.ts';
import { createWaitingRoom } from './waiting-room.ts';

/**
 * How much may be here at a time, waiting for its turn or in progress. That is what keeps a flooded space from delaying the
 * others: whoever is pulled is as good as never behind it. Chat's quota for a project would need minutes for so many.
 */
const MAX_MESSAGES = 10_000;

/** @typeParam Delivery what a message is, once it is read */
export interface PullOptions<Delivery>
  extends Omit<StreamOptions, 'maxMessages' | 'onMessage'>,
    Omit<SupervisorOptions, 'open'> {
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
  const { queue, read, orderKey, handle, ...options } = given;
  const { log } = options;
  const waiting = createWaitingRoom<Message>();
  let takes = true;

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

  /** A stream whose messages go to the queue. When it is drained, its library has handed back what had not begun. */
  const open = (atMost = MAX_MESSAGES): Stream => {
    const own = new Set<Message>();
    const stream = openStream({
      ...options,
      maxMessages: atMost,
      onMessage(message) {
        if (!takes) return message.nack();
        const delivery = read(message);
        const space = orderKey(delivery);
        // It comes back after the subscription's back-off, when there may be a place.
        if (!waiting.enter(message, space)) return message.nack();
        own.add(message);
        void queue.run(space, () => work(message, delivery)).finally(() => own.delete(message));
      },
    });
    void stream.drained.then(() => {
      for (const message of own) waiting.leave(message);
    });
    return stream;
  };

  const supervisor = superviseStream({ ...options, open });
  const takeNothing = (): void => {
    takes = false;
    for (const message of waiting.empty()) message.nack();
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
