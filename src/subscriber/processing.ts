import { SpanKind } from '@opentelemetry/api';
import type { Clock } from '../lib/clock.ts';
import type { Traceparent } from '../lib/telemetry/traceparent.ts';
import type { Tracing } from '../lib/telemetry/tracing.ts';
import type { Outcome as NotificationOutcome } from './notifications/outcome.ts';
import type { OutageWatch } from './outage-guard.ts';
import type { Outcome as EventOutcome, Failure } from './outcome.ts';
import type { StreamMetrics } from './stream-metrics.ts';

type Outcome = EventOutcome | NotificationOutcome;

export interface ProcessingDeps {
  stream: Pick<StreamMetrics, 'processed' | 'subscription' | 'processing'>;
  outages: OutageWatch;
  tracing: Tracing;
  clock: Clock;
}

/** What a message's turn came to, and how long it took, in milliseconds. */
export interface Processed<Result> {
  outcome: Result;
  endedAt: number;
  durationMs: number;
}

/** A message's turn, of whichever subscription: it is traced, timed, and told to whoever watches for outages. */
export function processed<Result extends Outcome>(
  { stream, outages, tracing, clock }: ProcessingDeps,
  { id, traceparent: parent }: { id: string; traceparent: Traceparent | undefined },
  work: () => Promise<Result>,
): Promise<Processed<Result>> {
  const attributes = { ...stream.processing, 'messaging.message.id': id };
  const span = {
    name: `process ${stream.subscription}`,
    kind: SpanKind.CONSUMER,
    attributes,
    parent,
  };
  return tracing.span(span, async ({ note, fail }) => {
    const begun = clock();
    const tell = outages.begin(id);
    const outcome = await work();
    tell(outcome);
    const endedAt = clock();
    const durationMs = endedAt - begun;
    const error = errorOf(outcome);
    stream.processed(durationMs, error);
    note({ 'postern.result': outcome.result });
    if (error !== undefined) fail(error);
    return { outcome, endedAt, durationMs };
  });
}

/** Why it comes again, or was given up. Undefined for everything that went as it should. */
function errorOf(outcome: Outcome): Failure | undefined {
  return outcome.result === 'retry' || outcome.result === 'failed' ? outcome.reason : undefined;
}
