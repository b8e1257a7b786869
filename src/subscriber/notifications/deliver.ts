import type { Message } from '@google-cloud/pubsub';
import type { Log } from '../../lib/telemetry/log.ts';
import { type Traceparent, traceOf } from '../../lib/telemetry/traceparent.ts';
import type { Decision } from '../decision.ts';
import type { NotificationMetrics } from '../metrics.ts';
import { type ProcessingDeps, processed } from '../processing.ts';
import { type CarryOutDeps, carryOut, whereTo } from './carry-out.ts';
import type { ReadNotification } from './notification.ts';
import { decideAck, type Outcome } from './outcome.ts';
import { readNotification } from './read.ts';

export interface DeliveryDeps extends CarryOutDeps, ProcessingDeps {
  metrics: NotificationMetrics;
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
    traceparent: traceOf(message.attributes),
  };
}

/** Those for the same space, or webhook, keep their order. */
export function orderKey({ id, read }: Delivery): string {
  if (read.outcome === 'invalid') return id;
  return Object.values(whereTo(read.notification.target)).join();
}

/** Has a notification posted, traces, counts and logs what came of it, and decides what Pub/Sub is told. */
export async function deliver(deps: DeliveryDeps, delivery: Delivery): Promise<Decision> {
  const { metrics, log } = deps;
  const { id, read } = delivery;
  const { outcome, durationMs } = await processed(deps, delivery, () => outcomeOf(deps, read));
  const reason = 'reason' in outcome ? outcome.reason : undefined;
  metrics.count(outcome.result, reason);
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
