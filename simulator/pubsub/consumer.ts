import type { PublishedMessage } from './message.ts';
import type { Refusal } from './refusal.ts';

/** One handing-over of a message. */
export interface Delivery {
  /** Good for this delivery only. */
  readonly ackId: string;
  readonly message: PublishedMessage;
  /** 1 for the first; 0 when the subscription has no dead-letter policy, as Google has it. */
  readonly attempt: number;
}

/** How much more a consumer takes now. Infinity where it sets no limit. */
export interface Room {
  messages: number;
  bytes: number;
}

/** Somebody who takes messages from a subscription: a stream, or one pull. */
export interface Consumer {
  /** How long it may keep a message. */
  readonly ackDeadlineMs: number;
  room(): Room;
  /** At least one delivery, and no more than fits its room, but for the bytes of the last. */
  deliver(deliveries: readonly Delivery[]): void;
  /** A message that it was given is no longer its own: acknowledged, handed back, or kept too long. */
  settled(message: PublishedMessage): void;
  /** The subscription is gone. */
  dismissed(reason: Refusal): void;
}

export function hasRoom(consumer: Consumer): boolean {
  const room = consumer.room();
  return room.messages > 0 && room.bytes > 0;
}
