import type { PublishedMessage } from './message.ts';
import type { Subscription } from './subscription.ts';

/** How many messages a topic remembers for `recent`. */
const REMEMBERED = 1000;

/** A topic: its subscriptions, each of which gets every message. */
export class Topic {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly subscriptions = new Set<Subscription>();
  readonly #recent: PublishedMessage[] = [];
  #published = 0;

  constructor(name: string, labels: Readonly<Record<string, string>>) {
    this.name = name;
    this.labels = labels;
  }

  publish(messages: readonly PublishedMessage[]): void {
    for (const message of messages) {
      this.#recent[this.#published % REMEMBERED] = message;
      this.#published += 1;
    }
    for (const subscription of this.subscriptions) subscription.enqueue(messages);
  }

  /** One of the last 1000 messages, by its id. */
  recent(id: string): PublishedMessage | undefined {
    return this.#recent.find((message) => message.id === id);
  }
}
