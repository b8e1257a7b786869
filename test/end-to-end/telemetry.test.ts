import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type CollectedSpan, startCollector } from '../support/otlp-collector.ts';
import { isPost } from './messages.ts';
import { setStage } from './stage.ts';

it('makes one trace from the message to the post, across the consent and both processes', async (t) => {
  const collector = await startCollector();
  const stage = await setStage({
    dialect: 'add-on',
    environment: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: '100' },
  });
  t.after(async () => {
    await stage.end();
    await collector.close();
  });
  const subscriber = await stage.startSubscriber();
  await stage.write(stage.ana, '@Postern post good morning');
  await stage.consent(await stage.link(stage.ana), stage.ana);
  await stage.until('her post', () => stage.seen(stage.bruno).find(isPost));
  await subscriber.stop(10_000);
  const consent = await stage.until('the callback’s span', () =>
    collector.spans.find(({ name }) => name === 'consent'),
  );
  // Which has it hand over what is left.
  await stage.restartOAuthWeb({});

  const { spans } = collector;
  const own = spans.filter(({ traceId }) => traceId === consent.traceId);
  const byId = new Map(own.map((one) => [one.spanId, one]));
  const way = (one: CollectedSpan | undefined): string[] =>
    one === undefined ? [] : [...way(byId.get(one.parentSpanId)), one.name];
  assert.deepEqual(way(consent), ['process postern', 'consent']);
  assert.equal(consent.service, 'oauth-web');
  const ways = own.map((one) => way(one).join(' → '));
  for (const expected of [
    'process postern',
    'process postern → chat message-write',
    'process postern → send postern',
    'process postern → send postern → process postern',
    'process postern → send postern → process postern → chat message-write',
  ]) {
    assert.ok(ways.includes(expected), `${expected}\n${ways.join('\n')}`);
  }
  const said = JSON.stringify(spans.map((one) => [one.name, ...one.attributes]));
  for (const secret of ['spaces/', 'users/', 'good morning', stage.ana.email]) {
    assert.ok(!said.includes(secret), secret);
  }
  assert.ok(collector.metrics.get('subscriber')?.has('postern.events'));
  assert.ok(collector.metrics.get('oauth-web')?.has('postern.consents'));
});

it('goes on working, and stops in time, when the collector is away', async (t) => {
  const collector = await startCollector();
  await collector.close();
  const stage = await setStage({
    dialect: 'classic',
    environment: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: '100' },
  });
  t.after(() => stage.end());
  const subscriber = await stage.startSubscriber();
  await stage.write(stage.ana, '@Postern help');
  await stage.until('the log’s line', () =>
    stage.output.find((line) => line.includes('OTEL_EXPORTER_OTLP_ENDPOINT doesn’t take')),
  );
  await stage.write(stage.ana, '@Postern help');
  await subscriber.stop(10_000);
  const told = stage.output.filter((line) => line.includes('doesn’t take telemetry'));
  const signals = told.map((line) => /"signal":"(\w+)"/.exec(line)?.[1]);
  assert.deepEqual(new Set(signals).size, signals.length, 'each signal once');
});
