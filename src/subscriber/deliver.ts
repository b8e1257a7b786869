import type { Message } from '@google-cloud/pubsub';
import type { Clock } from '../lib/clock.ts';
import type { ParsedEvent } from '../lib/interactions/interaction.ts';
import { parseEvent } from '../lib/interactions/parse-event.ts';
import type { Log, LogFields } from '../lib/telemetry/log.ts';
import type { Decision } from './decision.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { EventMetrics } from './metrics.ts';
import type { OutageWatch } from './outage-guard.ts';
import { decideAck, errorOf, type Outcome } from './outcome.ts';
import type { StreamMetrics } from './stream-metrics.ts';

export interface DeliveryDeps {
  dispatcher: Dispatcher;
  metrics: EventMetrics;
  stream: Pick<StreamMetrics, 'processed'>;
  outages: OutageWatch;
  log: Log;
  clock: Clock;
}

/** A message of the subscription, read once. */
export interface Delivery {
  id: string;
  event: ParsedEvent;
}

/** What of a Pub/Sub message tells where it belongs. Never throws. */
export function readDelivery({
  id,
  data,
  attributes,
}: Pick<Message, 'id' | 'data' | 'attributes'>): Delivery {
  return { id, event: parseEvent({ id, data, attributes }) };
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

/** Has a delivery carried out, counts and logs what came of it, and decides what Pub/Sub is told. */
export async function deliver(
  { dispatcher, metrics, stream, outages, log, clock }: DeliveryDeps,
  { id, event }: Delivery,
): Promise<Decision> {
  const begun = clock();
  const tell = outages.begin(id);
  const outcome = await dispatcher.dispatch(event);
  tell(outcome);
  const ended = clock();
  const durationMs = ended - begun;
  const reason = 'reason' in outcome ? outcome.reason : undefined;
  metrics.count({ result: outcome.result, reason, latencyMs: latencyOf(event, outcome, ended) });
  stream.processed(durationMs, errorOf(outcome));
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
