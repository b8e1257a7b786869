import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { z } from 'zod';
import { setStage } from './stage.ts';

const folder = join(process.env['POSTERN_SHARED'] ?? '../shared', 'google/events');

/** A Pub/Sub message in the push wrapper; other files are the data itself. */
const wrapped = z.object({
  message: z.object({ attributes: z.record(z.string(), z.string()), data: z.base64() }),
});

it('every payload that others published is acked by the running subscriber, which stays ready', async (t) => {
  const stage = await setStage({ dialect: 'classic' });
  t.after(() => stage.end());
  const subscriber = await stage.startSubscriber();
  const { pubsub, topic, subscription } = stage.google;
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  assert.equal(files.length, 48);

  for (const file of files) {
    const text = readFileSync(join(folder, file), 'utf8');
    const push = wrapped.safeParse(JSON.parse(text)).data?.message;
    if (push === undefined) pubsub.publish(topic, Buffer.from(text));
    else pubsub.publish(topic, Buffer.from(push.data, 'base64'), push.attributes);
  }
  await stage.until('every payload acked', () =>
    pubsub.backlog(subscription).acknowledged === files.length ? true : undefined,
  );

  assert.equal((await fetch(`${subscriber.adminUrl}/readyz`)).status, 200);
  const metrics = await (await fetch(`${subscriber.adminUrl}/metrics`)).text();
  assert.ok(!metrics.includes('result="retry"'), 'none had to be tried twice');
  const output = stage.output.join('\n');
  for (const secret of [
    'FAKE_CONFIG_TOKEN',
    'FAKE.SYSTEM.IDTOKEN',
    'what changed',
    'how are you',
  ]) {
    assert.ok(!output.includes(secret), secret);
  }
});
