import assert from 'node:assert/strict';
import { it } from 'node:test';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { ChatError } from '../../../src/lib/errors.ts';
import { traceparent } from '../../../src/lib/telemetry/traceparent.ts';
import { createTracing, NO_TRACING } from '../../../src/lib/telemetry/tracing.ts';

const PARENT = traceparent.parse('00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01');

function traced() {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  return { tracing: createTracing(provider.getTracer('test')), exporter };
}

const work = { name: 'work', kind: SpanKind.INTERNAL };

it('puts what begins within a span into it, also where that runs later', async () => {
  const { tracing, exporter } = traced();
  await tracing.span({ ...work, name: 'outer' }, async () => {
    await new Promise(setImmediate);
    await Promise.all([
      tracing.span({ ...work, name: 'a' }, async () => {}),
      tracing.span({ ...work, name: 'b' }, async () => {}),
    ]);
  });
  const [a, b, outer] = exporter.getFinishedSpans();
  assert.equal(outer?.name, 'outer');
  assert.equal(outer.parentSpanContext, undefined);
  for (const inner of [a, b]) {
    assert.equal(inner?.parentSpanContext?.spanId, outer.spanContext().spanId);
  }
});

it('goes on where another process was, and hands on where it is itself', async () => {
  const { tracing, exporter } = traced();
  const handed = await tracing.span({ ...work, parent: PARENT }, async () => tracing.current());
  const [span] = exporter.getFinishedSpans();
  assert.equal(span?.parentSpanContext?.spanId, 'b7ad6b7169203331');
  assert.equal(span.spanContext().traceId, '0af7651916cd43dd8448eb211c80319c');
  assert.equal(handed, `00-0af7651916cd43dd8448eb211c80319c-${span.spanContext().spanId}-01`);
  assert.equal(tracing.current(), undefined, 'nothing outside');
});

it('tells by a code what went wrong, and never in its words', async () => {
  const { tracing, exporter } = traced();
  const refused = new ChatError('chat_forbidden', 'Ana may not');
  await assert.rejects(
    tracing.span(work, () => Promise.reject(refused)),
    (error) => error === refused,
  );
  await assert.rejects(tracing.span(work, () => Promise.reject(new Error('Ana’s secret'))));
  await tracing.span(work, async ({ note, fail }) => {
    note({ 'postern.result': 'retry' });
    fail('chat_unavailable');
  });
  const spans = exporter.getFinishedSpans();
  assert.deepEqual(
    spans.map(({ attributes }) => attributes['error.type']),
    ['chat_forbidden', 'unexpected', 'chat_unavailable'],
  );
  assert.ok(spans.every(({ status }) => status.code === SpanStatusCode.ERROR));
  assert.doesNotMatch(JSON.stringify(spans.map(({ status, events }) => [status, events])), /Ana/);
});

it('does the work and nothing else where nobody wants traces', async () => {
  const done = await NO_TRACING.span(work, async ({ note, fail }) => {
    note({});
    fail('x');
    return NO_TRACING.current() ?? 'done';
  });
  assert.equal(done, 'done');
});

it('takes nothing for a traceparent that is none', () => {
  for (const text of ['', '00-0-0-01', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`]) {
    assert.equal(traceparent.safeParse(text).success, false, text);
  }
});
