import assert from 'node:assert/strict';
import { it } from 'node:test';
import { seconds } from '../../src/lib/clock.ts';
import { message, payload } from '../lib/interactions/payloads.ts';
import { FakeTimers } from '../simulator/pubsub/fake-timers.ts';
import { openEventsTopic, SUBSCRIPTION } from './events-topic.ts';
import { heldBack, pullFrom, until } from './pulling.ts';

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

it('takes nothing while it is paused, finishes what has begun, and goes on when it is resumed', async (t) => {
  const topic = await openEventsTopic(t);
  topic.publish('in progress');
  topic.publish('waiting for its turn');
  const { begun, first, handle, letGo } = heldBack();
  const { pull, opened, lines } = pullFrom(t, topic, handle, { maxConcurrency: 1 });
  await opened();
  await first;

  pull.pause();
  pull.pause();
  await topic.until(({ waiting, consumers }) => waiting === 1 && consumers === 0);
  topic.publish('while paused');
  assert.equal(pull.isOpen(), true, 'a pause is no break');
  letGo();
  await topic.until(({ acknowledged }) => acknowledged === 1);
  assert.equal(begun.length, 1);

  pull.resume();
  assert.equal(pull.isOpen(), true);
  await topic.until(({ acknowledged }) => acknowledged === 3);
  assert.equal(new Set(begun).size, 3, 'each once');
  assert.deepEqual(
    lines.filter(({ severity }) => severity !== 'INFO'),
    [],
  );
});

it('takes no more than it is resumed with, until it is resumed with more', async (t) => {
  const timers = new FakeTimers();
  const topic = await openEventsTopic(t, { timers });
  let isTrial = true;
  let most = 0;
  const { pull, opened, lines } = pullFrom(t, topic, async () => {
    most = Math.max(most, topic.server.backlog(SUBSCRIPTION).leased);
    await new Promise(setImmediate);
    return isTrial ? 'nack' : 'ack';
  });
  await opened();
  pull.pause();
  await topic.until(({ consumers }) => consumers === 0);
  for (let count = 0; count < 50; count++) topic.publish(`${count}`);

  pull.resume(1);
  await topic.until(({ delivered }) => delivered >= 5);
  assert.equal(most, 1);
  isTrial = false;
  // In the middle of a delivery, as whoever learns from it does.
  pull.pause();
  pull.resume();
  await topic.until(({ waiting, consumers }) => waiting === 0 && consumers === 1);
  // What was on its way when the stream was closed comes again.
  timers.advance(seconds(10));
  await topic.until(({ acknowledged }) => acknowledged === 50);
  assert.ok(most > 1);
  assert.deepEqual(
    lines.filter(({ severity }) => severity !== 'INFO'),
    [],
    'no trouble',
  );
});

it('stops while it is paused, and is not resumed then', async (t) => {
  const topic = await openEventsTopic(t);
  const { pull, opened } = pullFrom(t, topic, async () => 'ack');
  await opened();
  pull.pause();
  await pull.stop();
  pull.resume();
  assert.equal(pull.isOpen(), false);
  await topic.until(({ consumers }) => consumers === 0);
  topic.publish('x');
  await topic.until(({ consumers, waiting }) => consumers === 0 && waiting === 1);
});

it('is as broken after a pause as it was before', async (t) => {
  const topic = await openEventsTopic(t);
  const { pull, opened, lines } = pullFrom(t, topic, async () => 'ack');
  await opened();
  topic.server.allow(SUBSCRIPTION, false);
  await until(() => !pull.isOpen());
  pull.pause();
  pull.resume();
  await until(() => lines.filter(({ severity }) => severity === 'WARNING').length > 3);
  assert.equal(pull.isOpen(), false);
  topic.server.allow(SUBSCRIPTION, true);
  await opened();
});
