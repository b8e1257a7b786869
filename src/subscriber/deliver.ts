import type { Message } from '@google-cloud/pubsub';
import { SpanKind } from '@opentelemetry/api';
import type { Clock } from '../lib/clock.ts';
import type { ParsedEvent } from '../lib/interactions/interaction.ts';
import { parseEvent } from '../lib/interactions/parse-event.ts';
import type { Log, LogFields } from '../lib/telemetry/log.ts';
import { TRACE_ATTRIBUTE, type Traceparent, traceparent } from '../lib/telemetry/traceparent.ts';
import type { SpanNotes, Tracing } from '../lib/telemetry/tracing.ts';
import type { Decision } from './decision.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { EventMetrics } from './metrics.ts';
import type { OutageWatch } from './outage-guard.ts';
import { decideAck, errorOf, type Outcome } from './outcome.ts';
import type { StreamMetrics } from './stream-metrics.ts';

export interface DeliveryDeps {
  dispatcher: Dispatcher;
  metrics: EventMetrics;
  stream: Pick<StreamMetrics, 'processed' | 'subscription' | 'processing'>;
  outages: OutageWatch;
  tracing: Tracing;
  log: Log;
  clock: Clock;
}

/** A message of the subscription, read once. */
export interface Delivery {
  id: string;
  event: ParsedEvent;
  /** Where whoever published it was in a trace. */
  traceparent: Traceparent | undefined;
}

/** What of a Pub/Sub message tells where it belongs. Never throws. */
export function readDelivery({
  id,
  data,
  attributes,
}: Pick<Message, 'id' | 'data' | 'attributes'>): Delivery {
  return {
    id,
    event: parseEvent({ id, data, attributes }),
    traceparent: traceparent.safeParse(attributes[TRACE_ATTRIBUTE]).data,
  };
}

/** Deliveries with the same key keep their order: those of a space. What belongs nowhere doesn't wait for anything. */
export function orderKey({ id, event }: Delivery): string {
  switch (event.outcome) {
    case 'interaction':
      return event.interaction.space.name;
    case 'due':
      return event.space;
    default:
      return id;
  }
}

/** Has a delivery carried out, traces, counts and logs what came of it, and decides what Pub/Sub is told. */
export async function deliver(deps: DeliveryDeps, delivery: Delivery): Promise<Decision> {
  const { stream, tracing } = deps;
  const { id, traceparent: parent } = delivery;
  const options = {
    name: `process ${stream.subscription}`,
    kind: SpanKind.CONSUMER,
    attributes: { ...stream.processing, 'messaging.message.id': id },
    parent,
  };
  return tracing.span(options, (notes) => carryOut(deps, delivery, notes));
}

async function carryOut(
  { dispatcher, metrics, stream, outages, log, clock }: DeliveryDeps,
  { id, event }: Delivery,
  { note, fail }: SpanNotes,
): Promise<Decision> {
  const begun = clock();
  const tell = outages.begin(id);
  const outcome = await dispatcher.dispatch(event);
  tell(outcome);
  const ended = clock();
  const durationMs = ended - begun;
  const reason = 'reason' in outcome ? outcome.reason : undefined;
  metrics.count({ result: outcome.result, reason, latencyMs: latencyOf(event, outcome, ended) });
  const error = errorOf(outcome);
  stream.processed(durationMs, error);
  note({ 'postern.result': outcome.result });
  if (error !== undefined) fail(error);
  record(log, outcome, { ...describe(event), messageId: id, reason, durationMs });
  return decideAck(outcome);
}

/** Of what was asked for and answered; what had to wait for its person, or for its hour, says nothing of us. */
function latencyOf(event: ParsedEvent, { result }: Outcome, now: number): number | undefined {
  if (event.outcome !== 'interaction' || result !== 'answered') return undefined;
  const { eventTime } = event.interaction;
  return eventTime === undefined ? undefined : now - eventTime;
}

/** One line for each delivery, without anything that somebody wrote. */
function record(log: Log, { result }: Outcome, fields: LogFields): void {
  const line = { ...fields, outcome: result };
  if (result === 'ignored' || result === 'duplicate' || result === 'busy') log.debug('event', line);
  else if (result === 'unreadable' || result === 'retry') log.warn('event', line);
  else if (result === 'failed') log.error('event', line);
  else log.info('event', line);
}

function describe(event: ParsedEvent): LogFields {
  switch (event.outcome) {
    case 'interaction': {
      const { requestId, kind, dialect, space } = event.interaction;
      return { requestId, kind, dialect, space: space.name };
    }
    case 'due':
      return { requestId: event.requestId, kind: 'due', space: event.space };
    default:
      return {};
  }
}
