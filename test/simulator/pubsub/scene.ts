import { Broker } from '../../../simulator/pubsub/broker.ts';
import type { Consumer, Delivery, Room } from '../../../simulator/pubsub/consumer.ts';
import type { PublishedMessage } from '../../../simulator/pubsub/message.ts';
import type { Refusal } from '../../../simulator/pubsub/refusal.ts';
import type { NewSubscription } from '../../../simulator/pubsub/subscription-config.ts';
import { seconds } from '../../../src/lib/clock.ts';
import { FakeTimers } from './fake-timers.ts';

export const TOPIC = 'projects/test/topics/events';
export const DEAD = 'projects/test/topics/dead';
export const WORKER = 'projects/test/subscriptions/worker';

/** A consumer that notes what it gets. */
export class Worker implements Consumer {
  readonly ackDeadlineMs = seconds(10);
  readonly deliveries: Delivery[] = [];
  readonly limit: Room;
  dismissal: Refusal | undefined;
  #held: Room = { messages: 0, bytes: 0 };

  constructor(limit: Partial<Room> = {}) {
    this.limit = { messages: Infinity, bytes: Infinity, ...limit };
  }

  room(): Room {
    return {
      messages: this.limit.messages - this.#held.messages,
      bytes: this.limit.bytes - this.#held.bytes,
    };
  }

  deliver(deliveries: readonly Delivery[]): void {
    this.deliveries.push(...deliveries);
    for (const { message } of deliveries) {
      this.#held.messages += 1;
      this.#held.bytes += message.bytes;
    }
  }

  settled(message: PublishedMessage): void {
    this.#held.messages -= 1;
    this.#held.bytes -= message.bytes;
  }

  dismissed(reason: Refusal): void {
    this.dismissal = reason;
  }

  texts(): string[] {
    return this.deliveries.map(({ message }) => message.data.toString());
  }

  /** The ack id of the newest delivery. */
  get ackId(): string {
    return this.deliveries.at(-1)?.ackId ?? '';
  }
}

/** A broker whose time stands still, with two topics, a subscription, and a consumer that is attached to it. */
export function setUp(settings: Partial<NewSubscription> = {}, limit: Partial<Room> = {}) {
  const timers = new FakeTimers();
  const broker = new Broker(timers);
  broker.createTopic(TOPIC);
  broker.createTopic(DEAD);
  const subscription = broker.createSubscription({ name: WORKER, topic: TOPIC, ...settings });
  const worker = new Worker(limit);
  subscription.attach(worker);
  const publish = (...texts: string[]) =>
    broker.publish(
      TOPIC,
      texts.map((text) => ({ data: Buffer.from(text), attributes: {} })),
    );
  const handBack = () => subscription.modifyAckDeadlines([{ ackId: worker.ackId, seconds: 0 }]);
  return { timers, broker, subscription, worker, publish, handBack };
}
