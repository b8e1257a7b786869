import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createMetering } from '../../src/lib/telemetry/metering.ts';
import { createMetrics } from '../../src/subscriber/metrics.ts';

function measuring() {
  const { meter, render } = createMetering('subscriber');
  return { ...createMetrics(meter), render };
}

it('counts events by result and reason', async () => {
  const { events, render } = measuring();
  events.count({ result: 'answered', reason: undefined });
  events.count({ result: 'answered', reason: undefined });
  events.count({ result: 'ignored', reason: 'bot' });
  const text = await render();
  assert.match(text, /^postern_events_total\{result="answered",reason=""\} 2$/m);
  assert.match(text, /^postern_events_total\{result="ignored",reason="bot"\} 1$/m);
});

it('tells how long people wait for an answer, in seconds, and never less than none', async () => {
  const { events, render } = measuring();
  events.count({ result: 'answered', reason: undefined, latencyMs: 1250 });
  events.count({ result: 'answered', reason: undefined, latencyMs: -300 });
  const text = await render();
  assert.match(text, /^# TYPE postern_reply_latency_seconds histogram$/m);
  assert.match(text, /^postern_reply_latency_seconds_sum 1\.25$/m);
  assert.match(text, /^postern_reply_latency_seconds_bucket\{le="1"\} 1$/m);
});

it('counts notifications apart from events', async () => {
  const { notifications, render } = measuring();
  notifications.count('posted', undefined);
  notifications.count('invalid', 'not-json');
  const text = await render();
  assert.match(text, /^postern_notifications_total\{result="posted",reason=""\} 1$/m);
  assert.match(text, /^postern_notifications_total\{result="invalid",reason="not-json"\} 1$/m);
  assert.doesNotMatch(text, /^postern_events_total\{/m);
});

it('counts access tokens by what came of asking for them', async () => {
  const { countAccessToken, render } = measuring();
  countAccessToken('fetched');
  countAccessToken('grant_revoked');
  const text = await render();
  assert.match(text, /^postern_access_tokens_total\{outcome="fetched"\} 1$/m);
  assert.match(text, /^postern_access_tokens_total\{outcome="grant_revoked"\} 1$/m);
});

it('times messages in the words of OpenTelemetry, for each subscription', async () => {
  const { ofStream, render } = measuring();
  const events = ofStream('events', 'postern');
  const notifications = ofStream('notifications', 'postern-notifications');
  events.received();
  events.processed(40, undefined);
  notifications.received();
  notifications.processed(70, 'chat_unavailable');
  const text = await render();
  const of = (subscription: string, operation: string): string =>
    `messaging_system="gcp_pubsub",messaging_destination_subscription_name="${subscription}",messaging_operation_name="${operation}"`;
  for (const line of [
    `messaging_client_consumed_messages_total{${of('postern', 'receive')}} 1`,
    `messaging_client_consumed_messages_total{${of('postern-notifications', 'receive')}} 1`,
    `messaging_process_duration_seconds_sum{${of('postern', 'process')}} 0.04`,
    `messaging_process_duration_seconds_sum{${of('postern-notifications', 'process')},error_type="chat_unavailable"} 0.07`,
  ]) {
    assert.ok(text.includes(line), `${line}\n${text}`);
  }
});

it('shows how each stream is at the time of reading', async () => {
  const { ofStream, render } = measuring();
  let isOpen = true;
  const pull = { isOpen: () => isOpen, lastMessageAgeMs: () => 90_000, waiting: () => 7 };
  ofStream('events', 'postern').watch(pull);
  ofStream('notifications', 'n').watch({ ...pull, isOpen: () => true, waiting: () => 0 });
  const before = await render();
  for (const line of [
    'postern_stream_open{stream="events"} 1',
    'postern_stream_activity_age_seconds{stream="events"} 90',
    'postern_queue_depth{stream="events"} 7',
    'postern_queue_depth{stream="notifications"} 0',
  ]) {
    assert.ok(before.split('\n').includes(line), `${line}\n${before}`);
  }
  isOpen = false;
  const after = (await render()).split('\n');
  assert.ok(after.includes('postern_stream_open{stream="events"} 0'));
  assert.ok(after.includes('postern_stream_open{stream="notifications"} 1'));
});

it('shows the breaker’s state, and an outage as 1 until it is closed again', async () => {
  const { showBreaker, render } = measuring();
  const shown = async (): Promise<string[]> =>
    (await render())
      .split('\n')
      .filter((line) => /^postern_(outage|breaker_state)\b.* 1$/.test(line));
  assert.deepEqual(await shown(), ['postern_breaker_state{state="closed"} 1']);
  showBreaker('open');
  assert.deepEqual(await shown(), ['postern_outage 1', 'postern_breaker_state{state="open"} 1']);
  showBreaker('half-open');
  assert.deepEqual(await shown(), [
    'postern_outage 1',
    'postern_breaker_state{state="half-open"} 1',
  ]);
});

it('asks how old the oldest requests are whenever it is read', async () => {
  const { watchRequests, render } = measuring();
  watchRequests(async () => ({ waiting: 3_600_000, due: 500 }));
  const text = await render();
  assert.match(text, /^postern_requests_oldest_age_seconds\{state="waiting"\} 3600$/m);
  assert.match(text, /^postern_requests_oldest_age_seconds\{state="due"\} 0\.5$/m);
});
