import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createMetrics } from '../../../src/lib/telemetry/metrics.ts';

it('counts by result and reason, and times in seconds', async () => {
  const { events, render, contentType } = createMetrics();
  events.count('answered', undefined, 1250);
  events.count('answered', undefined, 250);
  events.count('ignored', 'bot', 1);
  const text = await render();
  assert.match(contentType, /^text\/plain/);
  assert.match(text, /^postern_events_total\{result="answered",reason=""\} 2$/m);
  assert.match(text, /^postern_events_total\{result="ignored",reason="bot"\} 1$/m);
  assert.match(text, /^postern_event_duration_seconds_sum\{result="answered"\} 1\.5$/m);
  assert.match(text, /^postern_event_duration_seconds_bucket\{le="1",result="answered"\} 1$/m);
});

it('counts notifications apart from events', async () => {
  const { notifications, render } = createMetrics();
  notifications.count('posted', undefined);
  notifications.count('invalid', 'not-json');
  const text = await render();
  assert.match(text, /^postern_notifications_total\{result="posted",reason=""\} 1$/m);
  assert.match(text, /^postern_notifications_total\{result="invalid",reason="not-json"\} 1$/m);
  assert.doesNotMatch(text, /^postern_events_total\{/m);
});

it('keeps the numbers of one process apart from another’s', async () => {
  createMetrics().events.count('answered', undefined, 1);
  assert.doesNotMatch(await createMetrics().render(), /answered/);
});

it('shows which streams are open at the time of reading', async () => {
  const { watchStreams, render } = createMetrics();
  let isOpen = true;
  watchStreams(new Map([['events', { isOpen: () => isOpen }]]));
  assert.match(await render(), /^postern_stream_open\{stream="events"\} 1$/m);
  isOpen = false;
  assert.match(await render(), /^postern_stream_open\{stream="events"\} 0$/m);
});
