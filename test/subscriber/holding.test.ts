import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { minutes, seconds } from '../../src/lib/clock.ts';
import type { Decision } from '../../src/subscriber/decision.ts';
import type { Delivery } from '../../src/subscriber/deliver.ts';
import type { PullOptions } from '../../src/subscriber/pull.ts';
import { message, payload } from '../lib/interactions/payloads.ts';
import { openEventsTopic, SUBSCRIPTION } from './events-topic.ts';
import { fakeTime } from './fake-time.ts';
import { pullFrom, until } from './pulling.ts';

const LEASE_ENDS = seconds(90);

/** The first delivery of 'busy' in a room is one that another worker is on; all others are free. */
async function scene(t: TestContext, options: Partial<PullOptions<Delivery>> = {}) {
  const topic = await openEventsTopic(t);
  const time = fakeTime();
  const ends = time.clock() + LEASE_ENDS;
  const handled: string[] = [];
  const handle = async ({ event }: Delivery): Promise<Decision> => {
    assert.ok(event.outcome === 'interaction' && event.interaction.kind === 'message');
    const { argument } = event.interaction.message;
    handled.push(argument);
    return argument === 'busy' && time.clock() < ends ? { holdUntil: ends } : 'ack';
  };
  const { clock, sleep } = time;
  const pulling = pullFrom(t, topic, handle, { clock, sleep, ...options });
  const write = (text: string): void => {
    const name = `spaces/A/messages/${text}`;
    const written = message({ name, text, argumentText: text });
    const event = payload('classic', 'message', { message: written });
    topic.publish(JSON.stringify(event));
  };
  return { topic, time, handled, write, ...pulling };
}

it('holds what another worker is on until its lease ends, and deals with it again then', async (t) => {
  const { topic, time, handled, write } = await scene(t);
  write('busy');
  await until(() => handled.length === 1);
  await time.pass(LEASE_ENDS - 1);
  assert.deepEqual(handled, ['busy']);
  assert.equal(topic.server.backlog(SUBSCRIPTION).leased, 1);
  await time.pass(1);
  await topic.until(({ acknowledged }) => acknowledged === 1);
  assert.deepEqual(handled, ['busy', 'busy']);
  assert.equal(topic.server.backlog(SUBSCRIPTION).delivered, 1, 'Pub/Sub has given it out once');
});

it('lets others of its space pass meanwhile', async (t) => {
  const { topic, time, handled, write } = await scene(t);
  write('busy');
  write('next');
  await topic.until(({ acknowledged }) => acknowledged === 1);
  assert.deepEqual(handled, ['busy', 'next']);
  await time.pass(LEASE_ENDS);
  await topic.until(({ acknowledged }) => acknowledged === 2);
});

it('looks again after five minutes, whatever another one’s clock says', async (t) => {
  const { topic, time, handled, write } = await scene(t, {
    handle: async ({ id }) => {
      handled.push(id);
      return handled.length === 1 ? { holdUntil: Number.MAX_SAFE_INTEGER } : 'ack';
    },
  });
  write('busy');
  await until(() => handled.length === 1);
  await time.pass(minutes(5));
  await topic.until(({ acknowledged }) => acknowledged === 1);
});

it('hands back what is held when it pauses', async (t) => {
  const { topic, time, handled, write, pull } = await scene(t);
  write('busy');
  await until(() => handled.length === 1);
  pull.pause();
  await topic.until(({ waiting, consumers }) => waiting === 1 && consumers === 0);
  pull.resume();
  await until(() => handled.length === 2);
  // What was held before the pause is not dealt with a second time.
  await time.pass(LEASE_ENDS);
  await topic.until(({ acknowledged }) => acknowledged === 1);
  assert.equal(handled.length, 3);
});

it('hands back what is held when it stops, and waits for nothing', async (t) => {
  const { topic, handled, write, pull } = await scene(t);
  write('busy');
  await until(() => handled.length === 1);
  await pull.stop();
  assert.partialDeepStrictEqual(topic.server.backlog(SUBSCRIPTION), { waiting: 1, leased: 0 });
});

it('hands it back where one message at a time is tried, so that the next one is', async (t) => {
  const { topic, handled, write, pull, opened } = await scene(t);
  await opened();
  pull.pause();
  await topic.until(({ consumers }) => consumers === 0);
  write('busy');
  write('next');
  pull.resume(1);
  await topic.until(({ acknowledged }) => acknowledged === 1);
  assert.ok(handled.includes('next'));
});
