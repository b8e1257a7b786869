import assert from 'node:assert/strict';
import { it } from 'node:test';
import { status } from '@grpc/grpc-js';
import { seconds } from '../../src/lib/clock.ts';
import { FakeTimers } from '../simulator/pubsub/fake-timers.ts';
import { startSwallowingProxy } from '../support/swallowing-proxy.ts';
import { openEventsTopic, SUBSCRIPTION, TOPIC } from './events-topic.ts';
import { heldBack, pullFrom, until } from './pulling.ts';

/** Within which readiness follows what happens to the stream, in milliseconds. */
const NOTICED_MS = seconds(5);

/** Resolves to how long it took, in milliseconds. */
async function took(event: Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await event;
  return performance.now() - begun;
}

/** A handler that acks, and notes what came. */
function acking() {
  const handled: string[] = [];
  const handle = async ({ id }: { id: string }): Promise<'ack'> => {
    handled.push(id);
    return 'ack';
  };
  return { handled, handle };
}

it('is not ready before its stream is open', async (t) => {
  const topic = await openEventsTopic(t);
  const { pull, opened } = pullFrom(t, topic, acking().handle);
  assert.equal(pull.isOpen(), false);
  await opened();
});

for (const { what, spoil, mend } of [
  {
    what: 'whose subscription is deleted',
    spoil: (topic: Topic) => void topic.pubsub.subscription(SUBSCRIPTION).delete(),
    mend: ({ server }: Topic) => server.createSubscription({ name: SUBSCRIPTION, topic: TOPIC }),
  },
  {
    what: 'whose role is taken away',
    spoil: ({ server }: Topic) => server.allow(SUBSCRIPTION, false),
    mend: ({ server }: Topic) => server.allow(SUBSCRIPTION, true),
  },
]) {
  it(`that ends, ${what}, is not ready, and opens again when that is mended`, async (t) => {
    const topic = await openEventsTopic(t);
    const { handled, handle } = acking();
    const { pull, opened, lines, breaks } = pullFrom(t, topic, handle);
    await opened();

    spoil(topic);
    assert.ok((await took(until(() => !pull.isOpen()))) < NOTICED_MS);
    await until(() => lines.some(({ severity }) => severity === 'WARNING'));
    assert.equal(pull.isOpen(), false, 'refused again and again');
    const warning = lines.find(({ severity }) => severity === 'WARNING');
    assert.match(String(warning?.['message']), /check that the subscription exists, .* role/);

    mend(topic);
    await opened();
    const id = topic.publish('x');
    await topic.until(({ acknowledged }) => acknowledged === 1);
    assert.deepEqual(handled, [id]);
    assert.equal(breaks(), 0);
  });
}

// What Google does to a good stream now and then, and what it does when it is in trouble.
for (const code of [
  status.UNAVAILABLE,
  status.CANCELLED,
  status.INTERNAL,
  status.UNAUTHENTICATED,
]) {
  it(`opens again after ${status[code]}`, async (t) => {
    const topic = await openEventsTopic(t);
    const { handled, handle } = acking();
    const { pull, opened } = pullFrom(t, topic, handle);
    await opened();
    topic.server.endStreams(SUBSCRIPTION, code);
    assert.ok((await took(until(() => !pull.isOpen()))) < NOTICED_MS);
    await opened();
    const id = topic.publish('x');
    await topic.until(({ acknowledged }) => acknowledged === 1);
    assert.deepEqual(handled, [id]);
  });
}

it('finishes what began on a stream that has ended, and does it once', async (t) => {
  const topic = await openEventsTopic(t);
  const { begun, first, handle, letGo } = heldBack();
  const { opened } = pullFrom(t, topic, handle);
  const id = topic.publish('x');
  await first;
  topic.server.endStreams(SUBSCRIPTION);
  await opened();
  letGo();
  await topic.until(({ acknowledged }) => acknowledged === 1);
  assert.deepEqual(begun, [id]);
});

it('gets again what it could not ack, because the role was gone', async (t) => {
  const timers = new FakeTimers();
  const topic = await openEventsTopic(t, { timers });
  const { begun, first, handle, letGo } = heldBack();
  const { opened, lines } = pullFrom(t, topic, handle);
  const id = topic.publish('x');
  await first;
  topic.server.allow(SUBSCRIPTION, false);
  letGo();
  // By the third the ack has been refused, too.
  await until(() => lines.filter(({ severity }) => severity === 'WARNING').length === 3);
  topic.server.allow(SUBSCRIPTION, true);
  await opened();
  timers.advance(seconds(10));
  await topic.until(({ acknowledged }) => acknowledged === 1);
  // Twice handed over: whether it is twice done is the ledger's to decide.
  assert.deepEqual(begun, [id, id]);
});

it('is given up when there has been no stream for too long', async (t) => {
  const topic = await openEventsTopic(t);
  let now = 0;
  const waits: number[] = [];
  const { pull, opened, broken, breaks } = pullFrom(t, topic, acking().handle, {
    reconnectMs: 60_000,
    random: () => 0.5,
    clock: () => now,
    sleep: async (ms) => {
      waits.push(ms);
      now += ms;
    },
  });
  await opened();
  await topic.pubsub.subscription(SUBSCRIPTION).delete();
  const error = await broken;
  assert.ok('code' in error);
  assert.equal(error.code, status.NOT_FOUND);
  // Half of bounds that double, up to 32 s; the next would end after 60 s.
  assert.deepEqual(waits, [250, 500, 1000, 2000, 4000, 8000, 16_000, 16_000]);
  assert.equal(pull.isOpen(), false);
  await pull.stop();
  assert.equal(breaks(), 1);
});

it('forgives earlier failures of a stream that has lived for a while', async (t) => {
  const topic = await openEventsTopic(t);
  let now = 0;
  const bounds: number[] = [];
  const { opened, pull } = pullFrom(t, topic, acking().handle, {
    random: () => 1,
    clock: () => now,
    sleep: async (ms) => void bounds.push(ms),
  });
  for (const lived of [0, 29_999, 30_000, 0]) {
    await opened();
    now += lived;
    topic.server.endStreams(SUBSCRIPTION);
    await until(() => !pull.isOpen());
  }
  await opened();
  assert.deepEqual(bounds, [500, 1000, 500, 1000]);
});

it('stops at once while it waits to open its stream again', async (t) => {
  const topic = await openEventsTopic(t);
  let asleep = false;
  const { pull, opened, breaks } = pullFrom(t, topic, acking().handle, {
    sleep: (_ms, signal) =>
      new Promise((_resolve, reject) => {
        asleep = true;
        signal.addEventListener('abort', () => reject(new Error('stopped')), { once: true });
      }),
  });
  await opened();
  await topic.pubsub.subscription(SUBSCRIPTION).delete();
  await until(() => asleep);
  await pull.stop();
  assert.equal(breaks(), 0);
});

it('notices a connection that has gone deaf, and gets over another what was published meanwhile', async (t) => {
  const timers = new FakeTimers();
  const topic = await openEventsTopic(t, { timers });
  const proxy = await startSwallowingProxy(topic.server.host);
  t.after(() => proxy.stop());
  const { handled, handle } = acking();
  // A hundredth of what `GRPC_KEEPALIVE` says.
  const keepalive = { 'grpc.keepalive_time_ms': 300, 'grpc.keepalive_timeout_ms': 100 };
  const connect = (options: object) => topic.connect({ ...options, ...keepalive }, proxy.host);
  const { pull, opened } = pullFrom(t, { connect }, handle);
  await opened();
  assert.equal(proxy.connections(), 1);

  proxy.swallow();
  const id = topic.publish('x');
  assert.ok((await took(until(() => !pull.isOpen()))) < NOTICED_MS);
  await opened();
  assert.ok(proxy.connections() > 1);
  // Pub/Sub had put it on the deaf stream, which it still takes for a good one; the two take turns.
  timers.advance(seconds(10));
  timers.advance(seconds(10));
  await topic.until(({ acknowledged }) => acknowledged === 1);
  assert.deepEqual(handled, [id]);
});

it('gives up a connection that is taken and never answers', async (t) => {
  const topic = await openEventsTopic(t);
  const proxy = await startSwallowingProxy(topic.server.host);
  t.after(() => proxy.stop());
  proxy.swallow('too');
  const connect = (options: object) => topic.connect(options, proxy.host);
  const { opened, pull } = pullFrom(t, { connect }, acking().handle, { openingMs: 1500 });
  await until(() => proxy.connections() >= 2);
  assert.equal(pull.isOpen(), false);
  proxy.passOn();
  await opened();
});

type Topic = Awaited<ReturnType<typeof openEventsTopic>>;
