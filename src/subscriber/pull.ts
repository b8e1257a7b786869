import type { Message } from '@google-cloud/pubsub';
import { minutes } from '../lib/clock.ts';
import type { Log } from '../lib/telemetry/log.ts';
import type { Decision } from './decision.ts';
import type { SpaceQueue } from './space-queue.ts';
import { openStream, type Stream, type StreamOptions } from './stream.ts';
import { type SupervisorOptions, superviseStream } from './supervisor.ts';
import { createWaitingRoom } from './waiting-room.ts';

/**
 * How much may be here at a time, waiting for its turn or in progress. That is what keeps a flooded space from delaying the
 * others: whoever is pulled is as good as never behind it. One space's share, a third, takes just less than `MAX_EXTENSION` at
 * Chat's pace.
 */
const MAX_MESSAGES = 10_000;

/** As long as a delivery is held at a time, in milliseconds: until when was decided by another one's clock, maybe. */
const MAX_HOLD_MS = minutes(5);

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
  /** Told of each message that comes in. */
  onReceived?: () => void;
  /** By default 10,000. */
  maxMessages?: number;
  /** Decides what becomes of it. */
  handle: (delivery: Delivery) => Promise<Decision>;
}

export interface Pull {
  /** Whether messages are coming in, or would if it weren't paused. */
  isOpen(): boolean;
  /** Since the last message came in, or since the start, in milliseconds. */
  lastMessageAgeMs(): number;
  /** How many messages wait for their turn, or are held. */
  waiting(): number;
  /** Takes nothing more and hands back what has not begun, until `resume`. What has begun goes on. */
  pause(): void;
  /** Has no effect unless paused. @param atMost how many messages may be here at a time; by default as many as ever */
  resume(atMost?: number): void;
  /** Takes nothing more, hands back what has not begun, and waits for what has, `drainMs` at most. */
  stop(): Promise<void>;
}

/** Pulls messages for as long as it isn't stopped, over one stream after the other. */
export function startPull<Delivery>(given: PullOptions<Delivery>): Pull {
  const { queue, read, orderKey, handle, maxMessages = MAX_MESSAGES, ...options } = given;
  const { log, clock, sleep, onReceived } = options;
  const waiting = createWaitingRoom<Message>(maxMessages);
  const stopping = new AbortController();
  let takes = true;
  let lastMessageAt = clock();

  const decide = async (message: Message, delivery: Delivery): Promise<Decision> => {
    try {
      return await handle(delivery);
    } catch (error) {
      log.error('message handler failed', { messageId: message.id, error });
      return 'nack';
    }
  };

  /** What waits for its turn, or is held, stays in the waiting room. @returns undefined when it has been handed back from there */
  const takeTurn = (message: Message, delivery: Delivery): Promise<Decision | undefined> =>
    queue.run(orderKey(delivery), async () =>
      waiting.leave(message) ? decide(message, delivery) : undefined,
    );

  const carry = async (message: Message, delivery: Delivery, mayHold: boolean): Promise<void> => {
    for (;;) {
      const decision = await takeTurn(message, delivery);
      if (decision === undefined) return;
      if (decision === 'ack') return message.ack();
      const isHeld = decision !== 'nack' && mayHold && takes;
      if (!isHeld || !waiting.enter(message, orderKey(delivery))) return message.nack();
      const holdMs = Math.min(Math.max(decision.holdUntil - clock(), 0), MAX_HOLD_MS);
      await sleep(holdMs, stopping.signal).catch(() => {});
    }
  };

  /** A stream whose messages go to the queue. When it is drained, its library has handed back what had not begun. */
  const open = (atMost = maxMessages): Stream => {
    // Where one message is tried at a time, one that is held would keep the others from being tried.
    const mayHold = atMost === maxMessages;
    const own = new Set<Message>();
    const stream = openStream({
      ...options,
      maxMessages: atMost,
      onMessage(message) {
        lastMessageAt = clock();
        onReceived?.();
        if (!takes) return message.nack();
        const delivery = read(message);
        // It comes back after the subscription's back-off, when there may be a place.
        if (!waiting.enter(message, orderKey(delivery))) return message.nack();
        own.add(message);
        void carry(message, delivery, mayHold).finally(() => own.delete(message));
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
    lastMessageAgeMs: () => clock() - lastMessageAt,
    waiting: () => waiting.size(),
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
      stopping.abort();
      await supervisor.stop();
    },
  };
}
