import type { Meter } from '@opentelemetry/api';
import type { Breaker } from './breaker.ts';
import { createStreamMetrics, type StreamMetrics } from './stream-metrics.ts';

/** What came of one delivery of an event. */
export interface EventTold {
  result: string;
  /** Why, for results that have one. */
  reason: string | undefined;
  /** From what the person did, by Chat's clock, to the answer's standing there, in milliseconds. Where there is one. */
  latencyMs?: number | undefined;
}

/** What is counted of the events that come in. No label says who or where. */
export interface EventMetrics {
  count(told: EventTold): void;
}

/** What is counted of notifications. No label says who or where. */
export interface NotificationMetrics {
  /** @param reason why, for results that have one */
  count(result: string, reason: string | undefined): void;
}

/** What the subscriber measures. docs/telemetry.md says what each metric means. */
export interface Metrics {
  events: EventMetrics;
  notifications: NotificationMetrics;
  showBreaker(state: Breaker['is']): void;
  /** @param outcome `fetched`, or why not */
  countAccessToken(outcome: string): void;
  /** Of one subscription's stream. @param stream its name among ours, `events` or `notifications` */
  ofStream(stream: string, subscription: string): StreamMetrics;
  /** @param oldest how long the oldest has been so, in milliseconds, by its state. Asked whenever the metrics are read */
  watchRequests(oldest: () => Promise<Readonly<Record<'waiting' | 'due', number>>>): void;
}

/** In seconds: a person takes less than one for "at once", and gives up after some. */
const LATENCY_BUCKETS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800];

const STATES = ['closed', 'open', 'half-open'] as const satisfies readonly Breaker['is'][];

export function createMetrics(meter: Meter): Metrics {
  const events = meter.createCounter('postern.events', {
    description: 'Deliveries from the subscription, by result and reason.',
  });
  const latency = meter.createHistogram('postern.reply.latency', {
    description: 'From what the person did to the answer.',
    unit: 's',
    advice: { explicitBucketBoundaries: LATENCY_BUCKETS },
  });
  const notifications = meter.createCounter('postern.notifications', {
    description: 'Deliveries from the notifications’ subscription, by result and reason.',
  });
  const tokens = meter.createCounter('postern.access_tokens', {
    description: 'Access tokens of people, asked for at Google’s token endpoint, by outcome.',
  });
  let breaker: Breaker['is'] = 'closed';
  meter
    .createObservableGauge('postern.outage', {
      description:
        'Whether pulling is paused, or one message at a time is tried, because of an outage: 1 or 0.',
    })
    .addCallback((result) => result.observe(breaker === 'closed' ? 0 : 1));
  meter
    .createObservableGauge('postern.breaker.state', {
      description: 'The state that the circuit breaker is in: 1 for this one, 0 for the others.',
    })
    .addCallback((result) => {
      for (const state of STATES) result.observe(state === breaker ? 1 : 0, { state });
    });
  return {
    notifications: {
      count: (result, reason = '') => notifications.add(1, { result, reason }),
    },
    events: {
      count({ result, reason = '', latencyMs }) {
        events.add(1, { result, reason });
        // Two clocks: Chat's may be ahead of ours.
        if (latencyMs !== undefined) latency.record(Math.max(0, latencyMs) / 1000);
      },
    },
    showBreaker(state) {
      breaker = state;
    },
    countAccessToken: (outcome) => tokens.add(1, { outcome }),
    ofStream: (stream, subscription) => createStreamMetrics(meter, stream, subscription),
    watchRequests(oldest) {
      meter
        .createObservableGauge('postern.requests.oldest.age', {
          description: 'How long the oldest request has waited for a consent, or has been due.',
          unit: 's',
        })
        .addCallback(async (result) => {
          for (const [state, ageMs] of Object.entries(await oldest())) {
            result.observe(ageMs / 1000, { state });
          }
        });
    },
  };
}
