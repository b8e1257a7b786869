import { deadLetterOf } from './dead-letter.ts';
import { type NewMessage, type PublishedMessage, sizeOf } from './message.ts';
import { alreadyExists, denied, notFound, type Refusal } from './refusal.ts';
import { Subscription } from './subscription.ts';
import type { NewSubscription } from './subscription-config.ts';
import type { Timers } from './timers.ts';
import { Topic } from './topic.ts';
import { checkMessages, checkName, checkSubscription } from './validate.ts';
import type { Watch } from './watch.ts';

/** What Google puts in place of the topic of a subscription that has outlived it. */
const DELETED_TOPIC = '_deleted-topic_';

/** Pub/Sub in memory, with no notion of a network. Its methods throw a `Refusal` where Google would. */
export class Broker {
  readonly #timers: Timers;
  readonly #watch: Watch;
  readonly #topics = new Map<string, Topic>();
  readonly #subscriptions = new Map<string, Subscription>();
  /** The names of those that nobody may consume. They may be deleted and created anew. */
  readonly #denied = new Set<string>();
  readonly #listeners = new Set<() => void>();
  #lastId: number;

  constructor(timers: Timers, watch: Watch = () => {}) {
    this.#timers = timers;
    this.#watch = watch;
    // Microseconds, so that the ids of one run are not those of the next.
    this.#lastId = timers.now() * 1000;
  }

  createTopic(name: string, labels: Readonly<Record<string, string>> = {}): Topic {
    checkName('topics', name);
    if (this.#topics.has(name)) throw alreadyExists(name);
    const topic = new Topic(name, labels);
    this.#topics.set(name, topic);
    this.#changed();
    return topic;
  }

  topic(name: string): Topic {
    checkName('topics', name);
    const topic = this.#topics.get(name);
    if (topic === undefined) throw notFound(name);
    return topic;
  }

  topics(): Topic[] {
    return [...this.#topics.values()];
  }

  /** Its subscriptions stay, and keep what they have. */
  deleteTopic(name: string): void {
    this.topic(name);
    this.#topics.delete(name);
    this.#changed();
  }

  /** Answers with the messages' ids, in their order. */
  publish(topicName: string, messages: readonly NewMessage[]): string[] {
    const topic = this.topic(topicName);
    checkMessages(messages);
    return this.#append(topic, messages);
  }

  createSubscription(request: NewSubscription): Subscription {
    const config = checkSubscription(request);
    if (this.#subscriptions.has(config.name)) throw alreadyExists(config.name);
    const topic = this.topic(request.topic);
    if (config.deadLetterPolicy) this.topic(config.deadLetterPolicy.deadLetterTopic);
    const subscription = new Subscription(config, {
      timers: this.#timers,
      nextId: () => this.#nextId(),
      deadLetter: (message, attempts) => this.#deadLetter(subscription, message, attempts),
      changed: () => this.#changed(),
      watch: this.#watch,
    });
    topic.subscriptions.add(subscription);
    this.#subscriptions.set(config.name, subscription);
    this.#changed();
    return subscription;
  }

  subscription(name: string): Subscription {
    checkName('subscriptions', name);
    const subscription = this.#subscriptions.get(name);
    if (subscription === undefined) throw notFound(name);
    return subscription;
  }

  /** A subscription for whoever wants to take its messages, or acknowledge them. */
  consumable(name: string): Subscription {
    if (this.#denied.has(name)) throw denied();
    return this.subscription(name);
  }

  /** Gives or takes the role that it takes to consume a subscription. Without it, its streams end. */
  allow(name: string, allowed: boolean): void {
    if (allowed) this.#denied.delete(name);
    else this.#denied.add(name);
    if (!allowed) this.endStreams(name, denied());
  }

  /** Ends the subscription's streams, as Google does now and then. */
  endStreams(name: string, reason: Refusal): void {
    this.subscription(name).dismiss(reason);
    this.#changed();
  }

  subscriptions(): Subscription[] {
    return [...this.#subscriptions.values()];
  }

  /** The full name of the topic, or what Google tells when that has been deleted. */
  topicOf(subscription: Subscription): string {
    return this.#topicOf(subscription)?.name ?? DELETED_TOPIC;
  }

  /** Drops its messages and ends its streams with NOT_FOUND. */
  deleteSubscription(name: string): void {
    const subscription = this.subscription(name);
    this.#subscriptions.delete(name);
    this.#topicOf(subscription)?.subscriptions.delete(subscription);
    subscription.close(notFound(name));
    this.#changed();
  }

  /**
   * Delivers one of the topic's last 1000 messages once more, whatever has become of it, even if it was acknowledged: what
   * "at least once" allows, and the real service seldom does.
   */
  deliverAgain(subscriptionName: string, messageId: string): void {
    const subscription = this.subscription(subscriptionName);
    const message = this.#topicOf(subscription)?.recent(messageId);
    if (message === undefined) throw notFound(messageId);
    subscription.enqueue([message]);
  }

  /** Called after every change, until the returned function is called. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ends every stream and every timer. */
  close(reason: Refusal): void {
    this.#listeners.clear();
    for (const subscription of this.#subscriptions.values()) subscription.close(reason);
  }

  #append(topic: Topic, messages: readonly NewMessage[]): string[] {
    const publishTime = this.#timers.now();
    const published = messages.map((message) => ({
      data: message.data,
      attributes: message.attributes,
      id: this.#nextId(),
      publishTime,
      bytes: sizeOf(message),
    }));
    for (const message of published) {
      this.#watch({ kind: 'published', topic: topic.name, message });
    }
    topic.publish(published);
    this.#changed();
    return published.map((message) => message.id);
  }

  #deadLetter(from: Subscription, message: PublishedMessage, attempts: number): boolean {
    const name = from.config.deadLetterPolicy?.deadLetterTopic;
    const topic = name === undefined ? undefined : this.#topics.get(name);
    if (topic === undefined) return false;
    this.#append(topic, [deadLetterOf(message, from.config.name, attempts)]);
    return true;
  }

  #topicOf(subscription: Subscription): Topic | undefined {
    return this.topics().find((topic) => topic.subscriptions.has(subscription));
  }

  #nextId(): string {
    this.#lastId += 1;
    return String(this.#lastId);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
