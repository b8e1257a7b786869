import type { PublishedMessage } from './message.ts';
import type { Timers } from './timers.ts';
import type { Watch } from './watch.ts';

/** What a subscription needs from the broker it lives in. */
export interface Surroundings {
  timers: Timers;
  /** Never the same twice, whatever is deleted and created anew: an old ack id must not meet a new message. */
  nextId(): string;
  /** Forwards a message; false when that can't be done, and the message has to stay. */
  deadLetter(message: PublishedMessage, attempts: number): boolean;
  changed(): void;
  watch: Watch;
}
