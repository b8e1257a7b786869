import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { status } from '@grpc/grpc-js';
import { minutes, seconds } from '../../../src/lib/clock.ts';
import { DEAD, setUp, TOPIC, WORKER, Worker } from './scene.ts';

describe('A lease', () => {
  it('lasts as long as the consumer’s deadline, and not longer', () => {
    const { timers, worker, publish } = setUp();
    publish('slow');
    timers.advance(seconds(10) - 1);
    assert.equal(worker.deliveries.length, 1);
    timers.advance(1);
    assert.deepEqual(worker.texts(), ['slow', 'slow']);
  });

  it('ends so many seconds after its deadline was modified', () => {
    const { timers, subscription, worker, publish } = setUp();
    publish('long work');
    timers.advance(seconds(9));
    subscription.modifyAckDeadlines([{ ackId: worker.ackId, seconds: 60 }]);
    timers.advance(seconds(60) - 1);
    assert.equal(worker.deliveries.length, 1);
    timers.advance(1);
    assert.equal(worker.deliveries.length, 2);
  });

  it('outlives the consumer that held it', () => {
    const { timers, subscription, worker, publish } = setUp();
    publish('held by the dead');
    subscription.detach(worker);
    const other = new Worker();
    subscription.attach(other);
    timers.advance(seconds(10) - 1);
    assert.deepEqual(other.texts(), []);
    timers.advance(1);
    assert.deepEqual(other.texts(), ['held by the dead']);
  });

  it('can’t be ended by the ack id of an earlier one', () => {
    const { timers, subscription, worker, publish } = setUp();
    publish('too late');
    const late = worker.ackId;
    timers.advance(seconds(10));
    subscription.acknowledge([late]);
    assert.equal(subscription.backlog().leased, 1);
    assert.equal(subscription.backlog().acknowledged, 0);
    subscription.acknowledge([worker.ackId]);
    assert.equal(subscription.backlog().leased, 0);
  });

  it('can’t be ended by an ack id from before the subscription was created anew', () => {
    const { broker, worker, publish } = setUp();
    publish('old');
    broker.deleteSubscription(WORKER);
    const renewed = broker.createSubscription({ name: WORKER, topic: TOPIC });
    renewed.attach(new Worker());
    publish('new');
    renewed.acknowledge([worker.ackId]);
    assert.equal(renewed.backlog().leased, 1);
  });

  it('needs no timer of its own', () => {
    const { timers, subscription, worker, publish } = setUp();
    publish(...Array.from({ length: 1000 }, (_, n) => `message ${n}`));
    assert.equal(subscription.backlog().leased, 1000);
    assert.equal(timers.pending, 1);
    subscription.acknowledge(worker.deliveries.map(({ ackId }) => ackId));
    timers.advance(minutes(1));
    assert.equal(timers.pending, 0);
  });
});

describe('A message that is handed back', () => {
  it('comes again at once without a retry policy', () => {
    const { worker, publish, handBack } = setUp();
    publish('again');
    handBack();
    assert.equal(worker.deliveries.length, 2);
  });

  it('comes after the ones that wait', () => {
    const { subscription, worker, publish } = setUp({}, { messages: 1 });
    publish('poison', 'fine');
    subscription.modifyAckDeadlines([{ ackId: worker.ackId, seconds: 0 }]);
    subscription.acknowledge([worker.ackId]);
    assert.deepEqual(worker.texts(), ['poison', 'fine', 'poison']);
  });

  it('waits twice as long each time under a retry policy, up to its maximum', () => {
    const retryPolicy = { minimumBackoffMs: seconds(10), maximumBackoffMs: seconds(60) };
    const { timers, subscription, worker, publish, handBack } = setUp({ retryPolicy });
    publish('again');
    for (const expected of [10, 20, 40, 60, 60]) {
      const before = worker.deliveries.length;
      handBack();
      assert.equal(subscription.backlog().delayed, 1);
      timers.advance(seconds(expected) - 1);
      assert.equal(worker.deliveries.length, before, `sooner than after ${expected} s`);
      timers.advance(1);
      assert.equal(worker.deliveries.length, before + 1, `not after ${expected} s`);
    }
  });

  it('waits as long when nobody handed it back but its deadline ran out', () => {
    const retryPolicy = { minimumBackoffMs: seconds(30) };
    const { timers, worker, publish } = setUp({ retryPolicy });
    publish('slow');
    timers.advance(seconds(40) - 1);
    assert.equal(worker.deliveries.length, 1);
    timers.advance(1);
    assert.equal(worker.deliveries.length, 2);
  });
});

describe('A dead-letter policy', () => {
  const deadLetterPolicy = { deadLetterTopic: DEAD, maxDeliveryAttempts: 5 };

  function setUpDead() {
    const scene = setUp({ deadLetterPolicy });
    const mourner = new Worker();
    scene.broker
      .createSubscription({ name: 'projects/test/subscriptions/mourner', topic: DEAD })
      .attach(mourner);
    return { ...scene, mourner };
  }

  it('counts hand-backs and missed deadlines alike', () => {
    const { timers, subscription, worker, mourner, publish, handBack } = setUpDead();
    publish('poison');
    handBack();
    timers.advance(seconds(10));
    handBack();
    timers.advance(seconds(10));
    assert.deepEqual(mourner.texts(), []);
    handBack();
    assert.deepEqual(mourner.texts(), ['poison']);
    assert.deepEqual(
      worker.deliveries.map(({ attempt }) => attempt),
      [1, 2, 3, 4, 5],
    );
    const { waiting, leased, deadLettered } = subscription.backlog();
    assert.deepEqual({ waiting, leased, deadLettered }, { waiting: 0, leased: 0, deadLettered: 1 });
  });

  it('leaves a message alone that is acknowledged at its last attempt', () => {
    const { subscription, worker, mourner, publish, handBack } = setUpDead();
    publish('just in time');
    for (let failure = 0; failure < 4; failure++) handBack();
    subscription.acknowledge([worker.ackId]);
    assert.equal(subscription.backlog().acknowledged, 1);
    assert.deepEqual(mourner.texts(), []);
  });

  it('keeps delivering when its topic is gone', () => {
    const { broker, worker, publish, handBack } = setUpDead();
    broker.deleteTopic(DEAD);
    publish('poison');
    for (let failure = 0; failure < 6; failure++) handBack();
    assert.equal(worker.deliveries.at(-1)?.attempt, 7);
  });
});

describe('Consumers of one subscription', () => {
  it('get equal shares of a backlog', () => {
    const { subscription, worker, publish } = setUp({}, { messages: 0 });
    const workers = [worker, new Worker({ messages: 0 }), new Worker({ messages: 0 })];
    for (const other of workers.slice(1)) subscription.attach(other);
    publish(...Array.from({ length: 9 }, (_, n) => `message ${n}`));
    for (const each of workers) each.limit.messages = Infinity;
    subscription.dispatch();
    assert.deepEqual(
      workers.map(({ deliveries }) => deliveries.length),
      [3, 3, 3],
    );
  });

  it('take turns when messages come one by one', () => {
    const { subscription, worker, publish } = setUp();
    const other = new Worker();
    subscription.attach(other);
    for (const text of ['1', '2', '3', '4']) publish(text);
    assert.deepEqual(
      [worker.texts(), other.texts()],
      [
        ['1', '3'],
        ['2', '4'],
      ],
    );
  });

  it('get no more messages at a time than they want', () => {
    const { subscription, worker, publish } = setUp({}, { messages: 3 });
    publish('1', '2', '3', '4', '5');
    assert.deepEqual(worker.texts(), ['1', '2', '3']);
    subscription.acknowledge([worker.ackId]);
    assert.deepEqual(worker.texts(), ['1', '2', '3', '4']);
  });

  it('get no more bytes than they want, but for the message that reaches the limit', () => {
    const { worker, publish } = setUp({}, { bytes: 10 });
    publish('12345', '1234567890', 'x');
    assert.deepEqual(worker.texts(), ['12345', '1234567890']);
  });

  it('are told when the subscription is deleted', () => {
    const { broker, worker } = setUp();
    broker.deleteSubscription(WORKER);
    assert.equal(worker.dismissal?.code, status.NOT_FOUND);
    assert.throws(() => broker.subscription(WORKER), { code: status.NOT_FOUND });
  });
});
