import type { TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { minutes } from '../../src/lib/clock.ts';
import { type Delivery, orderKey, readDelivery } from '../../src/subscriber/deliver.ts';
import { type PullOptions, startPull } from '../../src/subscriber/pull.ts';
import { createSpaceQueue } from '../../src/subscriber/space-queue.ts';
import { recordLog } from '../lib/telemetry/recorded-log.ts';
import { type EventsTopic, SUBSCRIPTION } from './events-topic.ts';

type Handle = PullOptions<Delivery>['handle'];

/** One process that pulls, and what became of it. It waits for a moment only between two streams. */
export function pullFrom(
  t: TestContext,
  { connect }: Pick<EventsTopic, 'connect'>,
  handle: Handle,
  {
    maxConcurrency = 10,
    ...options
  }: Partial<PullOptions<Delivery>> & { maxConcurrency?: number } = {},
) {
  const { log, lines } = recordLog();
  const { promise: broken, resolve: onBroken } = Promise.withResolvers<Error>();
  let breaks = 0;
  const pull = startPull({
    connect,
    subscription: SUBSCRIPTION,
    drainMs: 10_000,
    openingMs: 2000,
    reconnectMs: minutes(5),
    clock: Date.now,
    sleep: async (_ms, signal) => wait(20, undefined, { signal }),
    random: () => 0,
    queue: createSpaceQueue(maxConcurrency),
    log,
    read: readDelivery,
    orderKey,
    handle,
    onBroken(error) {
      breaks += 1;
      onBroken(error);
    },
    ...options,
  });
  t.after(() => pull.stop());
  return {
    pull,
    broken,
    breaks: () => breaks,
    lines,
    opened: () => until(() => pull.isOpen()),
  };
}

/** A handler that notes what has begun, and ends each when it is told to. */
export function heldBack() {
  const begun: string[] = [];
  const { promise: allowed, resolve: letGo } = Promise.withResolvers<'ack'>();
  const { promise: first, resolve: onFirst } = Promise.withResolvers<void>();
  const handle: Handle = ({ id }) => {
    begun.push(id);
    onFirst();
    return allowed;
  };
  return { begun, first, handle, letGo: () => letGo('ack') };
}

/** Resolves as soon as this holds. Rejects after `timeoutMs`. */
export async function until(holds: () => boolean, timeoutMs = 20_000): Promise<void> {
  const late = AbortSignal.timeout(timeoutMs);
  while (!holds()) {
    late.throwIfAborted();
    await wait(5);
  }
}
