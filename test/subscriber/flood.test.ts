import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { createPacer } from '../../src/lib/chat/pacer.ts';
import { createQuotas } from '../../src/lib/chat/quotas.ts';
import { minutes, seconds } from '../../src/lib/clock.ts';
import { spaceName } from '../../src/lib/names.ts';
import type { Delivery } from '../../src/subscriber/deliver.ts';
import { virtualTime } from '../lib/chat/virtual-time.ts';
import { message, payload } from '../lib/interactions/payloads.ts';
import { type EventsTopic, openEventsTopic } from './events-topic.ts';
import { pullFrom } from './pulling.ts';

/** Pub/Sub, the pull and the pacer as they are, by Chat's quotas. Time stands still until `run`. */
async function scene(t: TestContext, maxMessages?: number) {
  const topic = await openEventsTopic(t, { retryPolicy: { minimumBackoffMs: seconds(1) } });
  const time = virtualTime();
  const pacer = createPacer({
    quotas: createQuotas({ writesPerMinute: 3000, writesPerSecondAndSpace: 1 }),
    elapsed: time.now,
    sleep: time.sleep,
    random: () => 0,
  });
  const { signal } = new AbortController();
  const answered: { space: string; text: string; at: number }[] = [];
  const handle = async ({ event }: Delivery): Promise<'ack'> => {
    assert.ok(event.outcome === 'interaction' && event.interaction.kind === 'message');
    const { space, message: written } = event.interaction;
    const counted = { as: 'message-write', space: spaceName.parse(space.name) } as const;
    await pacer.pace(counted, { waitMs: minutes(1), signal }, async () => {
      answered.push({ space: space.name, text: written.argument, at: time.now() });
    });
    return 'ack';
  };
  pullFrom(t, topic, handle, {
    maxConcurrency: 100,
    drainMs: seconds(5),
    ...(maxMessages === undefined ? {} : { maxMessages }),
  });
  return { topic, time, answered };
}

function write({ publish }: EventsTopic, space: string, index: number): void {
  const name = `spaces/${space}/messages/m${index}`;
  const event = payload('classic', 'message', {
    space: { name: `spaces/${space}`, type: 'ROOM' },
    message: message({ name, text: `${index}`, argumentText: `${index}` }),
  });
  publish(JSON.stringify(event));
}

const QUIET = Array.from({ length: 20 }, (_, index) => `quiet-${index}`);

it('delays no other space by a flood in one, which is answered at Chat’s pace and in its order', async (t) => {
  const { topic, time, answered } = await scene(t);
  for (let index = 0; index < 500; index++) write(topic, 'flooded', index);
  for (const space of QUIET) write(topic, space, 0);

  await topic.until(({ acknowledged }) => acknowledged === 21);
  assert.equal(time.now(), 0, 'no time has passed');
  const spaces = answered.map(({ space }) => space).toSorted();
  assert.deepEqual(spaces, ['flooded', ...QUIET].map((space) => `spaces/${space}`).toSorted());

  let isDone = false;
  const done = topic.until(({ acknowledged }) => acknowledged === 520).then(() => (isDone = true));
  while (!isDone) await time.run();
  await done;
  const flood = answered.filter(({ space }) => space === 'spaces/flooded');
  assert.deepEqual(
    flood.map(({ text }) => Number(text)),
    Array.from({ length: 500 }, (_, index) => index),
  );
  assert.deepEqual(
    flood.map(({ at }) => at),
    Array.from({ length: 500 }, (_, index) => seconds(index)),
  );
});

it('hands back what is too much of one space, so that others still come in', async (t) => {
  const { topic, time, answered } = await scene(t, 3000);
  for (let index = 0; index < 1500; index++) write(topic, 'flooded', index);
  for (const space of QUIET) write(topic, space, 0);
  await topic.until(({ acknowledged }) => acknowledged === 21);
  assert.equal(time.now(), 0);
  await topic.until(({ leased, delayed, waiting }) => leased <= 1001 && delayed + waiting >= 498);

  let isDone = false;
  const done = topic.until(({ acknowledged }) => acknowledged === 1520).then(() => (isDone = true));
  while (!isDone) await time.run();
  await done;
  assert.equal(new Set(answered.map(({ space, text }) => `${space} ${text}`)).size, 1520);
});
