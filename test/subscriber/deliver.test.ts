import assert from 'node:assert/strict';
import { it } from 'node:test';
import { dueMessage } from '../../src/lib/interactions/due-message.ts';
import { createMetering } from '../../src/lib/telemetry/metering.ts';
import { NO_TRACING } from '../../src/lib/telemetry/tracing.ts';
import { deliver, orderKey, readDelivery } from '../../src/subscriber/deliver.ts';
import { createMetrics } from '../../src/subscriber/metrics.ts';
import type { Outcome } from '../../src/subscriber/outcome.ts';
import { message, payload } from '../lib/interactions/payloads.ts';
import { recordLog } from '../lib/telemetry/recorded-log.ts';
import { idOf, ROOM } from './events.ts';

const WORDS = 'the merger is off';
const HAPPENED = Date.parse('2026-08-17T14:00:00Z');

function delivery(data: string, attributes: Record<string, string> = {}) {
  return readDelivery({ id: 'm-1', data: Buffer.from(data), attributes });
}

const written = delivery(
  JSON.stringify(
    payload('classic', 'message', {
      eventTime: new Date(HAPPENED).toISOString(),
      message: message({ text: WORDS, argumentText: WORDS, formattedText: WORDS }),
    }),
  ),
);
const due = readDelivery({ id: 'm-2', ...dueMessage({ id: idOf('one'), space: ROOM }) });

/** What a delivery comes to, when the dispatcher comes to this outcome after 250 ms. */
async function delivered(outcome: Outcome, what = written) {
  const { log, lines } = recordLog('debug');
  const metering = createMetering('subscriber');
  const metrics = createMetrics(metering.meter);
  const stream = metrics.ofStream('events', 'postern');
  let now = HAPPENED + 1000;
  const dispatcher = {
    dispatch: async () => {
      now += 250;
      return outcome;
    },
  };
  const told: [string, unknown][] = [];
  const outages = { begin: (id: string) => (came: object) => void told.push([id, came]) };
  const decision = await deliver(
    {
      dispatcher,
      metrics: metrics.events,
      stream,
      outages,
      tracing: NO_TRACING,
      log,
      clock: () => now,
    },
    what,
  );
  return { told, decision, lines, metrics: await metering.render() };
}

it('keeps what happens in a space in order, what waited there included', () => {
  assert.equal(orderKey(written), 'spaces/ROOM');
  assert.equal(orderKey(due), ROOM);
});

it('lets what belongs nowhere wait for nothing', () => {
  assert.equal(orderKey(delivery('{')), 'm-1');
  assert.equal(orderKey(delivery('{}', { 'ce-type': 'x' })), 'm-1');
});

it('tells whoever watches for outages what came of which message', async () => {
  const outcome: Outcome = { result: 'retry', reason: 'store_unavailable' };
  const { told } = await delivered(outcome);
  assert.deepEqual(told, [[written.id, outcome]]);
});

const SEVERITIES: readonly [Outcome, 'ack' | 'nack', string][] = [
  [{ result: 'answered' }, 'ack', 'INFO'],
  [{ result: 'parked' }, 'ack', 'INFO'],
  [{ result: 'refused', reason: 'chat_forbidden' }, 'ack', 'INFO'],
  [{ result: 'duplicate' }, 'ack', 'DEBUG'],
  [{ result: 'ignored', reason: 'bot' }, 'ack', 'DEBUG'],
  [{ result: 'busy' }, 'nack', 'DEBUG'],
  [{ result: 'unreadable', reason: 'not-json' }, 'ack', 'WARNING'],
  [{ result: 'retry', reason: 'chat_unavailable' }, 'nack', 'WARNING'],
  [{ result: 'failed', reason: 'unexpected' }, 'ack', 'ERROR'],
];
for (const [outcome, decision, severity] of SEVERITIES) {
  it(`counts what is ${outcome.result}, logs it as ${severity}, and ${decision}s`, async () => {
    const told = await delivered(outcome);
    assert.equal(told.decision, decision);
    const reason = 'reason' in outcome ? outcome.reason : '';
    const counted = `postern_events_total{result="${outcome.result}",reason="${reason}"} 1`;
    assert.ok(told.metrics.includes(counted), told.metrics);
    const [line, ...more] = told.lines;
    assert.deepEqual(more, []);
    assert.partialDeepStrictEqual(line, {
      severity,
      message: 'event',
      outcome: outcome.result,
      messageId: 'm-1',
      durationMs: 250,
      kind: 'message',
      dialect: 'classic',
      space: 'spaces/ROOM',
      ...(reason === '' ? {} : { reason }),
    });
  });
}

it('logs nothing that somebody wrote, and not who it was', async () => {
  const { lines } = await delivered({ result: 'answered' });
  const text = JSON.stringify(lines);
  for (const secret of [WORDS, 'users/101', 'Ana', 'ana@a.example', 'threads/']) {
    assert.ok(!text.includes(secret), secret);
  }
});

it('tells how long the person waited for an answer, from what they did', async () => {
  const { metrics } = await delivered({ result: 'answered' });
  assert.match(metrics, /^postern_reply_latency_seconds_sum 1\.25$/m);
  for (const [outcome, what] of [
    [{ result: 'parked' }, written],
    [{ result: 'answered' }, due],
  ] as const) {
    const other = await delivered(outcome, what);
    assert.doesNotMatch(other.metrics, /^postern_reply_latency/m, 'it waited for its person');
  }
});

it('times each delivery, and names what went wrong with it', async () => {
  const { metrics } = await delivered({ result: 'retry', reason: 'chat_unavailable' });
  assert.match(
    metrics,
    /^messaging_process_duration_seconds_sum\{.*error_type="chat_unavailable"\} 0\.25$/m,
  );
  const fine = await delivered({ result: 'refused', reason: 'chat_forbidden' });
  assert.match(fine.metrics, /^messaging_process_duration_seconds_sum\{[^}]*\} 0\.25$/m);
  assert.doesNotMatch(fine.metrics, /error_type/);
});

it('logs what a message of the relay was about', async () => {
  const { lines } = await delivered({ result: 'answered' }, due);
  assert.partialDeepStrictEqual(lines[0], { requestId: idOf('one'), kind: 'due', space: ROOM });
});
