import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What is counted of the events that come in. No label says who or where. */
export interface EventMetrics {
  /**
   * @param reason why, for results that have one
   * @param durationMs from the delivery to its outcome
   */
  count(result: string, reason: string | undefined, durationMs: number): void;
}

/** What is counted of notifications. No label says who or where. */
export interface NotificationMetrics {
  /** @param reason why, for results that have one */
  count(result: string, reason: string | undefined): void;
}

/** The metrics of one process, and how a Prometheus server reads them. */
export interface Metrics {
  events: EventMetrics;
  notifications: NotificationMetrics;
  showOutage(isOutage: boolean): void;
  /** Shows which streams of messages are open, by their names. Called once; they are asked whenever the metrics are read. */
  watchStreams(streams: ReadonlyMap<string, { isOpen(): boolean }>): void;
  contentType: string;
  /** In Prometheus' text format. */
  render(): Promise<string>;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  const events = new Counter({
    name: 'postern_events_total',
    help: 'Deliveries from the subscription, by result and reason.',
    labelNames: ['result', 'reason'],
    registers: [registry],
  });
  const duration = new Histogram({
    name: 'postern_event_duration_seconds',
    help: 'From a delivery to its outcome.',
    labelNames: ['result'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers: [registry],
  });
  const outage = new Gauge({
    name: 'postern_outage',
    help: 'Whether pulling is paused, or one message at a time is tried, because of an outage: 1 or 0.',
    registers: [registry],
  });
  const notifications = new Counter({
    name: 'postern_notifications_total',
    help: 'Deliveries from the notifications’ subscription, by result and reason.',
    labelNames: ['result', 'reason'],
    registers: [registry],
  });
  return {
    notifications: {
      count: (result, reason = '') => notifications.inc({ result, reason }),
    },
    events: {
      count(result, reason = '', durationMs) {
        events.inc({ result, reason });
        duration.observe({ result }, durationMs / 1000);
      },
    },
    showOutage: (isOutage) => outage.set(isOutage ? 1 : 0),
    watchStreams(streams) {
      new Gauge({
        name: 'postern_stream_open',
        help: 'Whether messages come in from a subscription: 1 or 0.',
        labelNames: ['stream'],
        registers: [registry],
        collect() {
          for (const [stream, { isOpen }] of streams) this.set({ stream }, isOpen() ? 1 : 0);
        },
      });
    },
    contentType: registry.contentType,
    render: () => registry.metrics(),
  };
}
