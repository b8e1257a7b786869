import type { Attributes, Meter } from '@opentelemetry/api';
import type { Pull } from './pull.ts';

/** What is measured of one subscription, in the words of OpenTelemetry's conventions for messaging ("Messaging metrics"). */
export interface StreamMetrics {
  /** As it is configured. */
  subscription: string;
  /** What a message's being worked on is called. */
  processing: Attributes;
  /** A message has come in. */
  received(): void;
  /** @param error why it will come again, or was given up; a stable code. @param durationMs from the beginning of its turn */
  processed(durationMs: number, error: string | undefined): void;
  /** Shows how the stream is. Called once; it is asked whenever the metrics are read. */
  watch(pull: Pick<Pull, 'isOpen' | 'lastMessageAgeMs' | 'waiting'>): void;
}

/** In seconds: the conventions' own, and the time that an attempt may take at most. */
const DURATION_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

export function createStreamMetrics(
  meter: Meter,
  stream: string,
  subscription: string,
): StreamMetrics {
  const common = {
    'messaging.system': 'gcp_pubsub',
    'messaging.destination.subscription.name': subscription,
  };
  const receiving = { ...common, 'messaging.operation.name': 'receive' };
  const processing = { ...common, 'messaging.operation.name': 'process' };
  const consumed = meter.createCounter('messaging.client.consumed.messages', {
    description: 'Messages that came in.',
    unit: '{message}',
  });
  const duration = meter.createHistogram('messaging.process.duration', {
    description: 'From the beginning of a message’s turn to its outcome.',
    unit: 's',
    advice: { explicitBucketBoundaries: DURATION_BUCKETS },
  });
  return {
    subscription,
    processing,
    received: () => consumed.add(1, receiving),
    processed(durationMs, error) {
      const attributes = error === undefined ? processing : { ...processing, 'error.type': error };
      duration.record(durationMs / 1000, attributes);
    },
    watch(pull) {
      const gauge = (
        name: string,
        options: { description: string; unit?: string },
        read: () => number,
      ): void =>
        meter
          .createObservableGauge(name, options)
          .addCallback((result) => result.observe(read(), { stream }));
      gauge(
        'postern.stream.open',
        { description: 'Whether messages come in from a subscription: 1 or 0.' },
        () => (pull.isOpen() ? 1 : 0),
      );
      gauge(
        'postern.stream.activity.age',
        {
          description: 'Since the last message came in, or since the process began.',
          unit: 's',
        },
        () => pull.lastMessageAgeMs() / 1000,
      );
      gauge(
        'postern.queue.depth',
        { description: 'Messages that wait for their turn here.', unit: '{message}' },
        () => pull.waiting(),
      );
    },
  };
}
