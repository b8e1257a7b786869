import type { Message } from '@google-cloud/pubsub';
import { SpanKind } from '@opentelemetry/api';
import type { Log } from '../../lib/telemetry/log.ts';
import { TRACE_ATTRIBUTE, type Traceparent, traceparent } from '../../lib/telemetry/traceparent.ts';
import type { SpanNotes, Tracing } from '../../lib/telemetry/tracing.ts';
import type { Decision } from '../decision.ts';
import type { NotificationMetrics } from '../metrics.ts';
import type { OutageWatch } from '../outage-guard.ts';
import type { StreamMetrics } from '../stream-metrics.ts';
import { type CarryOutDeps, carryOut, whereTo } from './carry-out.ts';
import type { ReadNotification } from './notification.ts';
import { decideAck, errorOf, type Outcome } from './outcome.ts';
import { readNotification } from './read.ts';

export interface DeliveryDeps extends CarryOutDeps {
  metrics: NotificationMetrics;
  stream: Pick<StreamMetrics, 'processed' | 'subscription' | 'processing'>;
  outages: OutageWatch;
  tracing: Tracing;
}

/** A message of the notifications' subscription, read once. */
export interface Delivery {
  id: string;
  read: ReadNotification;
  /** Where whoever published it was in a trace. */
  traceparent: Traceparent | undefined;
}

/** Never throws. */
export function readDelivery(message: Message): Delivery {
  return {
    id: message.id,
    read: readNotification(message),
    traceparent: traceparent.safeParse(message.attributes[TRACE_ATTRIBUTE]).data,
  };
}

/** Those for the same space, or webhook, keep their order. */
export function orderKey({ id, read }: Delivery): string {
  if (read.outcome === 'invalid') return id;
  return Object.values(whereTo(read.notification.target)).join();
}

/** Has a notification posted, traces, counts and logs what came of it, and decides what Pub/Sub is told. */
export async function deliver(deps: DeliveryDeps, delivery: Delivery): Promise<Decision> {
  const { stream, tracing } = deps;
  const { id, traceparent: parent } = delivery;
  const options = {
    name: `process ${stream.subscription}`,
    kind: SpanKind.CONSUMER,
    attributes: { ...stream.processing, 'messaging.message.id': id },
    parent,
  };
  return tracing.span(options, (notes) => postOne(deps, delivery, notes));
}

async function postOne(
  deps: DeliveryDeps,
  { id, read }: Delivery,
  { note, fail }: SpanNotes,
): Promise<Decision> {
  const { metrics, stream, outages, log, clock } = deps;
  const begun = clock();
  const tell = outages.begin(id);
  const outcome = await outcomeOf(deps, read);
  tell(outcome);
  const reason = 'reason' in outcome ? outcome.reason : undefined;
  const durationMs = clock() - begun;
  metrics.count(outcome.result, reason);
  const error = errorOf(outcome);
  stream.processed(durationMs, error);
  note({ 'postern.result': outcome.result });
  if (error !== undefined) fail(error);
  record(log, outcome, {
    ...describe(read),
    messageId: id,
    outcome: outcome.result,
    reason,
    durationMs,
  });
  return decideAck(outcome);
}

async function outcomeOf(deps: DeliveryDeps, read: ReadNotification): Promise<Outcome> {
  if (read.outcome === 'invalid') return { result: 'invalid', reason: read.reason };
  return await carryOut(deps, read.notification);
}

/** One line for each delivery, without anything that somebody wrote. */
function record(log: Log, { result }: Outcome, line: Parameters<Log['info']>[1]): void {
  if (result === 'duplicate' || result === 'busy') log.debug('notification', line);
  else if (result === 'invalid' || result === 'retry') log.warn('notification', line);
  else if (result === 'failed') log.error('notification', line);
  else log.info('notification', line);
}

function describe(read: ReadNotification): Parameters<Log['info']>[1] {
  if (read.outcome === 'invalid') return { fields: read.fields.join() };
  const { id, target } = read.notification;
  return { requestId: id, ...whereTo(target) };
}
