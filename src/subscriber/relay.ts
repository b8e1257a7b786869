import type { PubSub } from '@google-cloud/pubsub';
import { SpanKind } from '@opentelemetry/api';
import { type Clock, minutes } from '../lib/clock.ts';
import { dueMessage } from '../lib/interactions/due-message.ts';
import type { DueRequest, RequestLedger } from '../lib/store/store.ts';
import type { Log } from '../lib/telemetry/log.ts';
import { NO_TRACING, type Tracing } from '../lib/telemetry/tracing.ts';

/** How long after a consent its requests may lie, in milliseconds: half of what a person takes for "at once". */
const POLL_MS = 500;

/** A published request that nobody has claimed by then is published again. */
const HIDE_MS = minutes(1);

const BATCH = 100;

export interface RelayOptions {
  requests: Pick<RequestLedger, 'takeDue'>;
  pubsub: PubSub;
  /** An id, or a full name. */
  topic: string;
  clock: Clock;
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** None unless given. */
  tracing?: Tracing;
  log: Log;
}

export interface Relay {
  stop(): Promise<void>;
}

/**
 * Publishes the ids of due requests to the topic that their events came from, so that everything comes in by one road. Any
 * number of relays may run.
 */
export function startRelay(options: RelayOptions): Relay {
  const { requests, pubsub, topic, clock, sleep, log, tracing = NO_TRACING } = options;
  const stopping = new AbortController();
  const publisher = pubsub.topic(topic, { batching: { maxMilliseconds: 1 } });

  const publish = (request: DueRequest): Promise<string> => {
    const span = { name: `send ${topic}`, kind: SpanKind.PRODUCER, parent: request.traceparent };
    return tracing.span(span, () =>
      publisher.publishMessage(dueMessage(request, tracing.current())),
    );
  };

  const relayDue = async (): Promise<void> => {
    const now = clock();
    const due = await requests.takeDue({ now, hideUntil: now + HIDE_MS, limit: BATCH });
    await Promise.all(due.map(publish));
    if (due.length > 0) log.info('due requests relayed', { count: due.length });
  };

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await relayDue().catch((error: unknown) => log.warn('relay failed; it goes on', { error }));
      await sleep(POLL_MS, stopping.signal).catch(() => {});
    }
  };

  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
