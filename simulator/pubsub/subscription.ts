import { seconds } from '../../src/lib/clock.ts';
import { Agenda } from './agenda.ts';
import type { Backlog } from './backlog.ts';
import { type Consumer, type Delivery, hasRoom, type Room } from './consumer.ts';
import { Fifo } from './fifo.ts';
import { Losses } from './losses.ts';
import type { PublishedMessage } from './message.ts';
import type { Refusal } from './refusal.ts';
import { backoffMs, type SubscriptionConfig } from './subscription-config.ts';
import type { Surroundings } from './surroundings.ts';
import type { Handover } from './watch.ts';

/** A message on its way through this subscription. */
interface Entry {
  readonly message: PublishedMessage;
  failures: number;
}

interface Lease {
  readonly ackId: string;
  readonly entry: Entry;
  readonly consumer: Consumer;
}

/** What goes into one response of a stream at most: enough to be fast, little enough to share among streams. */
const BATCH: Room = { messages: 1000, bytes: 1_000_000 };

/**
 * One subscription: the messages that wait, who has which until when, and what becomes of those that come back.
 *
 * A lease ends with an acknowledgement, a hand-back (a deadline of 0) or its deadline, and with nothing else: not with the
 * consumer's connection. An ack id that comes after the lease has ended counts for nothing. Google promises no more, and
 * sometimes does more.
 */
export class Subscription {
  readonly config: SubscriptionConfig;
  readonly #surroundings: Surroundings;
  readonly #waiting = new Fifo<Entry>();
  readonly #delayed: Agenda<Entry>;
  readonly #leases = new Map<string, Lease>();
  readonly #deadlines: Agenda<Lease>;
  /** In the order of their turns. */
  readonly #consumers = new Set<Consumer>();
  /** How the watch tells them apart. */
  readonly #numbers = new WeakMap<Consumer, number>();
  #numbered = 0;
  #delivered = 0;
  #acknowledged = 0;
  #deadLettered = 0;
  readonly #losses = new Losses();

  constructor(config: SubscriptionConfig, surroundings: Surroundings) {
    this.config = config;
    this.#surroundings = surroundings;
    this.#delayed = new Agenda(surroundings.timers, (entries) => this.#retry(entries));
    this.#deadlines = new Agenda(surroundings.timers, (leases) => this.#expire(leases));
  }

  backlog(): Backlog {
    return {
      waiting: this.#waiting.length,
      delayed: this.#delayed.size,
      leased: this.#leases.size,
      consumers: this.#consumers.size,
      delivered: this.#delivered,
      acknowledged: this.#acknowledged,
      deadLettered: this.#deadLettered,
    };
  }

  enqueue(messages: readonly PublishedMessage[]): void {
    for (const message of messages) this.#waiting.push({ message, failures: 0 });
    this.dispatch();
  }

  attach(consumer: Consumer): void {
    this.#numbered += 1;
    this.#numbers.set(consumer, this.#numbered);
    this.#consumers.add(consumer);
    this.dispatch();
  }

  /** What the consumer holds stays its own until the deadline, as it does for a process that was killed. */
  detach(consumer: Consumer): void {
    if (this.#consumers.delete(consumer)) this.#surroundings.changed();
  }

  /**
   * From now on what consumers say of their messages is lost, acks and deadlines alike, as when a network lost it after they
   * have sent it: nothing happens, nobody is told, and the messages come back when their deadlines have passed.
   *
   * @returns what ends it
   */
  loseAcks(): () => void {
    return this.#losses.begin();
  }

  acknowledge(ackIds: readonly string[]): void {
    if (this.#losses.areOn) return;
    for (const ackId of ackIds) {
      const lease = this.#endLease(ackId);
      if (lease === undefined) continue;
      this.#acknowledged += 1;
      this.#surroundings.watch({ kind: 'acknowledged', ...this.#handover(lease) });
    }
    this.dispatch();
  }

  /** Moves deadlines to so many seconds from now; 0 hands the message back. */
  modifyAckDeadlines(changes: Iterable<{ ackId: string; seconds: number }>): void {
    if (this.#losses.areOn) return;
    for (const change of changes) {
      if (change.seconds === 0) this.#handBack(change.ackId);
      else this.#extend(change.ackId, change.seconds);
    }
    this.dispatch();
  }

  /**
   * Hands out what waits, in turns, until nothing waits or nobody has room. To be called when a consumer has got room by
   * something that the subscription can't see.
   */
  dispatch(): void {
    while (this.#waiting.length > 0) {
      const ready = [...this.#consumers].filter(hasRoom);
      if (ready.length === 0) break;
      const share = Math.ceil(this.#waiting.length / ready.length);
      for (const consumer of ready) this.#hand(consumer, share);
    }
    this.#surroundings.changed();
  }

  /** Sends the consumers away and tells them why. What they hold stays theirs until its deadline. */
  dismiss(reason: Refusal): void {
    const consumers = [...this.#consumers];
    this.#consumers.clear();
    for (const consumer of consumers) consumer.dismissed(reason);
  }

  /** Drops everything and tells the consumers why. */
  close(reason: Refusal): void {
    this.#waiting.clear();
    this.#delayed.clear();
    this.#deadlines.clear();
    this.#leases.clear();
    this.dismiss(reason);
  }

  #hand(consumer: Consumer, share: number): void {
    const room = consumer.room();
    const messages = Math.min(share, room.messages, BATCH.messages);
    const deliveries: Delivery[] = [];
    let bytes = Math.min(room.bytes, BATCH.bytes);
    while (deliveries.length < messages && bytes > 0) {
      const entry = this.#waiting.shift();
      if (entry === undefined) break;
      deliveries.push(this.#lease(entry, consumer));
      bytes -= entry.message.bytes;
    }
    if (deliveries.length === 0) return;
    this.#passTurn(consumer);
    consumer.deliver(deliveries);
  }

  #passTurn(consumer: Consumer): void {
    this.#consumers.delete(consumer);
    this.#consumers.add(consumer);
  }

  #lease(entry: Entry, consumer: Consumer): Delivery {
    this.#delivered += 1;
    const ackId = `${this.config.name}:${this.#surroundings.nextId()}`;
    const lease = { ackId, entry, consumer };
    this.#leases.set(ackId, lease);
    this.#deadlines.set(lease, this.#surroundings.timers.now() + consumer.ackDeadlineMs);
    this.#surroundings.watch({ kind: 'delivered', ...this.#handover(lease) });
    const attempt = this.config.deadLetterPolicy === undefined ? 0 : entry.failures + 1;
    return { ackId, message: entry.message, attempt };
  }

  #endLease(ackId: string): Lease | undefined {
    const lease = this.#leases.get(ackId);
    if (lease === undefined) return undefined;
    this.#leases.delete(ackId);
    this.#deadlines.delete(lease);
    lease.consumer.settled(lease.entry.message);
    return lease;
  }

  #extend(ackId: string, bySeconds: number): void {
    const lease = this.#leases.get(ackId);
    if (lease === undefined) return;
    this.#deadlines.set(lease, this.#surroundings.timers.now() + seconds(bySeconds));
  }

  #handBack(ackId: string): void {
    const lease = this.#endLease(ackId);
    if (lease !== undefined) this.#takeBack(lease, 'handed-back');
  }

  #expire(leases: readonly Lease[]): void {
    for (const { ackId } of leases) {
      const lease = this.#endLease(ackId);
      if (lease !== undefined) this.#takeBack(lease, 'expired');
    }
    this.dispatch();
  }

  #takeBack(lease: Lease, why: 'handed-back' | 'expired'): void {
    const { entry } = lease;
    const { watch } = this.#surroundings;
    const handover = this.#handover(lease);
    const delayMs = backoffMs(this.config.retryPolicy, entry.failures + 1);
    watch({ kind: why, ...handover, backoffMs: delayMs });
    entry.failures += 1;
    if (this.#deadLetter(entry)) {
      watch({ kind: 'dead-lettered', ...handover });
      return;
    }
    if (delayMs === 0) this.#waiting.push(entry);
    else this.#delayed.set(entry, this.#surroundings.timers.now() + delayMs);
  }

  #handover({ entry, consumer }: Lease): Handover {
    return {
      subscription: this.config.name,
      message: entry.message,
      consumer: this.#numbers.get(consumer) ?? 0,
      attempt: entry.failures + 1,
    };
  }

  #deadLetter({ message, failures }: Entry): boolean {
    const policy = this.config.deadLetterPolicy;
    if (policy === undefined || failures < policy.maxDeliveryAttempts) return false;
    if (!this.#surroundings.deadLetter(message, failures)) return false;
    this.#deadLettered += 1;
    return true;
  }

  #retry(entries: readonly Entry[]): void {
    for (const entry of entries) this.#waiting.push(entry);
    this.dispatch();
  }
}
