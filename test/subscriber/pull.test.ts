import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { type Delivery, orderKey, readDelivery } from '../../src/subscriber/deliver.ts';
import { type Pull, startPull } from '../../src/subscriber/pull.ts';
import { createSpaceQueue } from '../../src/subscriber/space-queue.ts';
import { message, payload } from '../lib/interactions/payloads.ts';
import { recordLog } from '../lib/telemetry/recorded-log.ts';
import { type EventsTopic, openEventsTopic, SUBSCRIPTION } from './events-topic.ts';

type Handle = (delivery: Delivery) => Promise<'ack' | 'nack'>;

/** One process that pulls, and what became of it. */
function pullFrom(
  t: TestContext,
  { pubsub }: EventsTopic,
  handle: Handle,
  { maxConcurrency = 10, drainMs = 10_000 } = {},
) {
  const { log, lines } = recordLog();
  const { promise: broken, resolve: onBroken } = Promise.withResolvers<Error | undefined>();
  let breaks = 0;
  const pull: Pull = startPull({
    pubsub,
    subscription: SUBSCRIPTION,
    drainMs,
    queue: createSpaceQueue(maxConcurrency),
    log,
    read: readDelivery,
    orderKey,
    handle,
    onBroken(error) {
      breaks += 1;
      onBroken(error);
    },
  });
  t.after(() => pull.stop());
  return { pull, broken, breaks: () => breaks, lines };
}

/** A handler that notes what has begun, and ends each when it is told to. */
function heldBack() {
  const begun: string[] = [];
  const { promise: allowed, resolve: letGo } = Promise.withResolvers<'ack'>();
  const { promise: first, resolve: onFirst } = Promise.withResolvers<void>();
  const handle: Handle = ({ id }) => {
    begun.push(id);
    onFirst();
    return allowed;
  };
  return { begun, first, handle, letGo: () => letGo('ack') };
}

const inSpace = (space: string, name: string): string =>
  JSON.stringify(
    payload('classic', 'message', {
      space: { name: `spaces/${space}`, type: 'ROOM' },
      message: message({ name: `spaces/${space}/messages/${name}` }),
    }),
  );

it('tells Pub/Sub what was decided: what is handed back comes again', async (t) => {
  const topic = await openEventsTopic(t);
  const handled: string[] = [];
  pullFrom(t, topic, async ({ id }) => {
    handled.push(id);
    return handled.length === 1 ? 'nack' : 'ack';
  });
  const id = topic.publish('x');
  await topic.until(({ acknowledged }) => acknowledged === 1);
  assert.deepEqual(handled, [id, id]);
});

it('hands back what its handler failed on, and goes on', async (t) => {
  const topic = await openEventsTopic(t);
  let failures = 0;
  const { lines } = pullFrom(t, topic, async () => {
    failures += 1;
    if (failures === 1) throw new Error('a bug');
    return 'ack';
  });
  const messageId = topic.publish('x');
  await topic.until(({ acknowledged }) => acknowledged === 1);
  assert.partialDeepStrictEqual(lines, [{ severity: 'ERROR', messageId }]);
});

it('hands over the messages of a space one by one, in their order, and spaces side by side', async (t) => {
  const topic = await openEventsTopic(t);
  const running = new Set<string>();
  const order: string[] = [];
  let sideBySide = 0;
  pullFrom(t, topic, async ({ id, event }) => {
    assert.ok(event.outcome === 'interaction');
    const space = event.interaction.space.name;
    assert.ok(!running.has(space), 'two of a space at a time');
    running.add(space);
    sideBySide = Math.max(sideBySide, running.size);
    if (space === 'spaces/A') order.push(id);
    await new Promise(setImmediate);
    running.delete(space);
    return 'ack';
  });
  const published: string[] = [];
  for (let count = 0; count < 20; count++) {
    published.push(topic.publish(inSpace('A', `a${count}`)));
    topic.publish(inSpace('B', `b${count}`));
  }
  await topic.until(({ acknowledged }) => acknowledged === 40);
  assert.deepEqual(order, published);
  assert.equal(sideBySide, 2);
});

it('finishes what has begun and hands back the rest when it stops: nothing twice, nothing lost', async (t) => {
  const topic = await openEventsTopic(t);
  const { begun, first, handle, letGo } = heldBack();
  const { pull, breaks } = pullFrom(t, topic, handle, { maxConcurrency: 2 });
  const published = Array.from({ length: 10 }, (_, count) => topic.publish(`${count}`));
  await topic.until(({ leased }) => leased === 10);
  await first;
  const stopped = pull.stop();
  assert.equal(pull.isOpen(), false);
  await topic.until(({ leased }) => leased === begun.length);
  letGo();
  await stopped;

  const byTheNext: string[] = [];
  pullFrom(t, topic, async ({ id }) => {
    byTheNext.push(id);
    return 'ack';
  });
  await topic.until(({ acknowledged }) => acknowledged === 10);
  assert.ok(begun.length > 0 && begun.length <= 2);
  assert.deepEqual([...begun, ...byTheNext].toSorted(), published.toSorted());
  assert.equal(breaks(), 0, 'a stop is no break');
});

it('stops although a handler never ends, when the time for it is over', async (t) => {
  const topic = await openEventsTopic(t);
  const { first, handle } = heldBack();
  // The library keeps the last second for handing back.
  const { pull } = pullFrom(t, topic, handle, { drainMs: 1050 });
  topic.publish('x');
  await first;
  await pull.stop();
});

it('says so, once, when the subscription is gone', async (t) => {
  const topic = await openEventsTopic(t);
  const { pull, broken, breaks } = pullFrom(t, topic, async () => 'ack');
  topic.publish('x');
  await topic.until(({ acknowledged }) => acknowledged === 1);
  assert.equal(pull.isOpen(), true);

  await topic.pubsub.subscription(SUBSCRIPTION).delete();
  const error = await broken;
  assert.ok(error !== undefined && 'code' in error);
  assert.equal(error.code, 5, 'NOT_FOUND');
  assert.equal(pull.isOpen(), false);
  await pull.stop();
  assert.equal(breaks(), 1);
});

it('takes nothing while it is paused, finishes what has begun, and goes on when it is resumed', async (t) => {
  const topic = await openEventsTopic(t);
  const { begun, first, handle, letGo } = heldBack();
  const { pull, breaks } = pullFrom(t, topic, handle, { maxConcurrency: 2 });
  const published = Array.from({ length: 10 }, (_, count) => topic.publish(`${count}`));
  await topic.until(({ leased }) => leased === 10);
  await first;

  pull.pause();
  assert.equal(pull.isOpen(), true, 'a pause is no break');
  await topic.until(({ leased, consumers }) => leased === begun.length && consumers === 0);
  letGo();
  await topic.until(({ acknowledged, leased }) => acknowledged === begun.length && leased === 0);
  const before = begun.length;
  assert.ok(before > 0 && before <= 2);

  pull.resume();
  await topic.until(({ acknowledged }) => acknowledged === 10);
  assert.deepEqual(begun.toSorted(), published.toSorted(), 'each once');
  assert.equal(breaks(), 0);
});

it('takes no more than it is resumed with, until it is resumed with more', async (t) => {
  const topic = await openEventsTopic(t);
  let trials = 0;
  let most = 0;
  const { pull } = pullFrom(t, topic, async () => {
    most = Math.max(most, topic.server.backlog(SUBSCRIPTION).leased);
    await new Promise(setImmediate);
    trials += 1;
    if (trials < 5) return 'nack';
    if (trials === 5) {
      assert.equal(most, 1);
      pull.pause();
      pull.resume();
    }
    return 'ack';
  });
  await topic.until(({ consumers }) => consumers === 1);
  pull.pause();
  await topic.until(({ consumers }) => consumers === 0);
  for (let count = 0; count < 50; count++) topic.publish(`${count}`);

  pull.resume(1);
  await topic.until(({ acknowledged }) => acknowledged === 50);
  assert.ok(most > 1);
});

it('stays paused when it is stopped, and can be stopped then', async (t) => {
  const topic = await openEventsTopic(t);
  const { pull } = pullFrom(t, topic, async () => 'ack');
  await topic.until(({ consumers }) => consumers === 1);
  pull.pause();
  await pull.stop();
  pull.resume();
  await topic.until(({ consumers }) => consumers === 0);
  topic.publish('x');
  await topic.until(({ waiting }) => waiting === 1);
});
