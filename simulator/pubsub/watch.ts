import type { PublishedMessage } from './message.ts';

/** What happens to one message, for whoever looks on. */
export type MessageHappening =
  | { kind: 'published'; topic: string; message: PublishedMessage }
  | ({ kind: 'delivered' | 'acknowledged' | 'dead-lettered' } & Handover)
  /** By the consumer, or by its deadline. The message is kept back for `backoffMs`, unless it is dead-lettered next. */
  | ({ kind: 'handed-back' | 'expired'; backoffMs: number } & Handover);

/** One delivery of a message. */
export interface Handover {
  /** The subscription's full name. */
  subscription: string;
  message: PublishedMessage;
  /** Which of the subscription's streams and pulls, from 1. */
  consumer: number;
  /** From 1. */
  attempt: number;
}

/** Called at once, from within: it must not throw, nor call Pub/Sub. */
export type Watch = (happening: MessageHappening) => void;
