import { type Pull, type PullOptions, startPull } from '../pull.ts';
import { createSpaceQueue } from '../space-queue.ts';
import type { StreamMetrics } from '../stream-metrics.ts';
import { type Delivery, type DeliveryDeps, deliver, orderKey, readDelivery } from './deliver.ts';
import { createLatest } from './latest.ts';

export type NotificationOptions = Omit<DeliveryDeps, 'latest' | 'stream'> &
  Omit<PullOptions<Delivery>, 'queue' | 'read' | 'onReceived' | 'orderKey' | 'handle'> & {
    maxConcurrency: number;
    stream: StreamMetrics;
  };

/**
 * Posts what systems publish to the notifications' topic. With a queue of its own: a flood of notifications keeps no person
 * in the same space waiting.
 */
export function startNotifications(options: NotificationOptions): Pull {
  const deps = { ...options, latest: createLatest() };
  return startPull({
    ...options,
    queue: createSpaceQueue(options.maxConcurrency),
    read: readDelivery,
    onReceived: options.stream.received,
    orderKey,
    handle: (delivery) => deliver(deps, delivery),
  });
}
