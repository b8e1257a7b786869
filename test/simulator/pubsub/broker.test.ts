import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { status } from '@grpc/grpc-js';
import fc from 'fast-check';
import { Broker } from '../../../simulator/pubsub/broker.ts';
import { seconds } from '../../../src/lib/clock.ts';
import { FakeTimers } from './fake-timers.ts';
import { DEAD, setUp, TOPIC, WORKER, Worker } from './scene.ts';

describe('The broker', () => {
  it('delivers a message again on demand, even one that was acknowledged', () => {
    const { broker, subscription, worker, publish } = setUp();
    const [id = ''] = publish('once more');
    subscription.acknowledge([worker.ackId]);
    broker.deliverAgain(WORKER, id);
    assert.deepEqual(
      worker.deliveries.map(({ message }) => message.id),
      [id, id],
    );
    assert.throws(() => broker.deliverAgain(WORKER, 'unknown'), { code: status.NOT_FOUND });
  });

  it('tells its listeners of every change until they leave', () => {
    const { broker, subscription, worker, publish } = setUp();
    const seen: number[] = [];
    const leave = broker.onChange(() => seen.push(subscription.backlog().leased));
    publish('one');
    assert.equal(seen.at(-1), 1);
    subscription.acknowledge([worker.ackId]);
    assert.equal(seen.at(-1), 0);
    const told = seen.length;
    leave();
    publish('two');
    assert.equal(seen.length, told);
  });

  it('never gives an id twice, not even after a restart', () => {
    const timers = new FakeTimers();
    const ids = [1, 2].flatMap(() => {
      timers.advance(1);
      const broker = new Broker(timers);
      broker.createTopic(TOPIC);
      const message = { data: Buffer.from('x'), attributes: {} };
      return broker.publish(TOPIC, [message, message]);
    });
    assert.equal(new Set(ids).size, 4);
  });

  it('loses no message, and lets none wait while somebody has room, whatever happens', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 60 }), (steps) => {
        const scene: Busy = {
          ...setUp(
            {
              deadLetterPolicy: { deadLetterTopic: DEAD },
              retryPolicy: { minimumBackoffMs: seconds(2), maximumBackoffMs: seconds(8) },
            },
            { messages: 2 },
          ),
          published: 0,
          joined: [],
        };
        for (const step of steps) {
          step(scene);
          const now = scene.subscription.backlog();
          assert.equal(
            now.waiting + now.delayed + now.leased + now.acknowledged + now.deadLettered,
            scene.published,
          );
          const room = [scene.worker, ...scene.joined].map((worker) => worker.room().messages);
          assert.ok(now.waiting === 0 || room.every((messages) => messages === 0));
          assert.ok(room.every((messages) => messages >= 0));
        }
      }),
    );
  });
});

interface Busy extends ReturnType<typeof setUp> {
  joined: Worker[];
  published: number;
}

const anyStep: fc.Arbitrary<(scene: Busy) => void> = fc.oneof(
  fc.integer({ min: 1, max: 5 }).map((count) => (scene: Busy) => {
    scene.publish(...Array.from({ length: count }, () => 'x'));
    scene.published += count;
  }),
  fc.nat().map((which) => (scene: Busy) => {
    scene.subscription.acknowledge([someAckId(scene, which)]);
  }),
  fc.nat().map((which) => (scene: Busy) => {
    scene.subscription.modifyAckDeadlines([{ ackId: someAckId(scene, which), seconds: 0 }]);
  }),
  fc.integer({ min: 1, max: 30_000 }).map((ms) => (scene: Busy) => {
    scene.timers.advance(ms);
  }),
  fc.integer({ min: 1, max: 3 }).map((messages) => (scene: Busy) => {
    const worker = new Worker({ messages });
    scene.joined.push(worker);
    scene.subscription.attach(worker);
  }),
);

function someAckId({ worker, joined }: Busy, which: number): string {
  const ackIds = [worker, ...joined].flatMap(({ deliveries }) =>
    deliveries.map(({ ackId }) => ackId),
  );
  return ackIds[which % Math.max(1, ackIds.length)] ?? '';
}
