import { seconds } from '../../src/lib/clock.ts';
import type { Consumer, Delivery, Room } from './consumer.ts';
import type { PublishedMessage } from './message.ts';
import type { Refusal } from './refusal.ts';
import type { Subscription } from './subscription.ts';
import type { Timers } from './timers.ts';

/** How long a pull waits for a message before it answers with none: a bounded time, says Google, and no more. */
const PATIENCE_MS = seconds(10);

/** Where the outcome of a pull goes: one of the two is called, once. */
export interface PullOutcome {
  answer(deliveries: readonly Delivery[]): void;
  refuse(reason: Refusal): void;
}

/** One Pull call: a consumer that takes one batch, and leaves. */
export class Pull implements Consumer {
  readonly ackDeadlineMs: number;
  readonly #subscription: Subscription;
  readonly #outcome: PullOutcome;
  readonly #maxMessages: number;
  #answered = false;
  #stopWaiting = () => {};

  constructor(subscription: Subscription, maxMessages: number, outcome: PullOutcome) {
    this.ackDeadlineMs = seconds(subscription.config.ackDeadlineSeconds);
    this.#subscription = subscription;
    this.#maxMessages = maxMessages;
    this.#outcome = outcome;
  }

  /** Takes what there is; otherwise waits, unless it is to answer at once. */
  start(timers: Timers, returnImmediately: boolean): void {
    this.#subscription.attach(this);
    if (this.#answered) return;
    if (returnImmediately) this.deliver([]);
    else this.#stopWaiting = timers.after(PATIENCE_MS, () => this.deliver([]));
  }

  room(): Room {
    return { messages: this.#answered ? 0 : this.#maxMessages, bytes: Number.POSITIVE_INFINITY };
  }

  deliver(deliveries: readonly Delivery[]): void {
    this.leave();
    this.#outcome.answer(deliveries);
  }

  settled(_message: PublishedMessage): void {}

  dismissed(reason: Refusal): void {
    this.leave();
    this.#outcome.refuse(reason);
  }

  leave(): void {
    this.#answered = true;
    this.#stopWaiting();
    this.#subscription.detach(this);
  }
}
