import type { Message } from '@google-cloud/pubsub';
import type { ParsedEvent } from '../lib/interactions/interaction.ts';
import { parseEvent } from '../lib/interactions/parse-event.ts';
import type { Log, LogFields } from '../lib/telemetry/log.ts';
import { type Traceparent, traceOf } from '../lib/telemetry/traceparent.ts';
import type { Decision } from './decision.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { EventMetrics } from './metrics.ts';
import { decideAck, type Outcome } from './outcome.ts';
import { type ProcessingDeps, processed } from './processing.ts';

export interface DeliveryDeps extends ProcessingDeps {
  dispatcher: Dispatcher;
  metrics: EventMetrics;
  log: Log;
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
    traceparent: traceOf(attributes),
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
  const { dispatcher, metrics, log } = deps;
  const { id, event } = delivery;
  const turn = await processed(deps, delivery, () => dispatcher.dispatch(event));
  const { outcome, endedAt, durationMs } = turn;
  const reason = 'reason' in outcome ? outcome.reason : undefined;
  metrics.count({ result: outcome.result, reason, latencyMs: latencyOf(event, outcome, endedAt) });
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
