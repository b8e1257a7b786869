import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Broker } from '../../../simulator/pubsub/broker.ts';
import type { MessageHappening } from '../../../simulator/pubsub/watch.ts';
import { seconds } from '../../../src/lib/clock.ts';
import { FakeTimers } from './fake-timers.ts';
import { DEAD, TOPIC, WORKER, Worker } from './scene.ts';

function setUp({ maxDeliveryAttempts = 5 } = {}) {
  const seen: MessageHappening[] = [];
  const timers = new FakeTimers();
  const broker = new Broker(timers, (happening) => seen.push(happening));
  for (const topic of [TOPIC, DEAD]) broker.createTopic(topic);
  const subscription = broker.createSubscription({
    name: WORKER,
    topic: TOPIC,
    ackDeadlineSeconds: 10,
    retryPolicy: { minimumBackoffMs: 1000, maximumBackoffMs: 8000 },
    deadLetterPolicy: { deadLetterTopic: DEAD, maxDeliveryAttempts },
  });
  const worker = new Worker();
  subscription.attach(worker);
  broker.publish(TOPIC, [{ data: Buffer.from('x'), attributes: {} }]);
  const told = () =>
    seen.map((happening) =>
      happening.kind === 'published' ? 'published' : `${happening.kind} ${happening.attempt}`,
    );
  return { timers, subscription, worker, seen, told };
}

describe('who looks on', () => {
  it('is told of each message: published, delivered, acknowledged', () => {
    const { subscription, worker, told } = setUp();
    subscription.acknowledge([worker.ackId]);
    assert.deepEqual(told(), ['published', 'delivered 1', 'acknowledged 1']);
  });

  it('is told how long it is kept back, by whom it was handed back, and that it comes again', () => {
    const { timers, subscription, worker, seen, told } = setUp();
    subscription.modifyAckDeadlines([{ ackId: worker.ackId, seconds: 0 }]);
    const [, , back] = seen;
    assert.ok(back?.kind === 'handed-back');
    assert.deepEqual([back.backoffMs, back.consumer], [1000, 1]);
    timers.advance(seconds(1));
    assert.deepEqual(told().slice(2), ['handed-back 1', 'delivered 2']);
  });

  it('is told apart what nobody has acknowledged in time', () => {
    const { timers, told } = setUp();
    timers.advance(seconds(10));
    assert.deepEqual(told().slice(2), ['expired 1']);
  });

  it('hears nothing of an ack id that counts for nothing', () => {
    const { subscription, worker, told } = setUp();
    subscription.acknowledge([worker.ackId]);
    subscription.acknowledge([worker.ackId]);
    assert.equal(told().filter((one) => one.startsWith('acknowledged')).length, 1);
  });

  it('is told when a message is given up', () => {
    const { timers, subscription, worker, told } = setUp({ maxDeliveryAttempts: 5 });
    for (let attempt = 1; attempt <= 5; attempt++) {
      subscription.modifyAckDeadlines([{ ackId: worker.ackId, seconds: 0 }]);
      timers.advance(seconds(8));
    }
    assert.deepEqual(told().slice(-3), ['handed-back 5', 'published', 'dead-lettered 5']);
  });
});
