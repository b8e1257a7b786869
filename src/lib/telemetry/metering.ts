import type { Meter } from '@opentelemetry/api';
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { MeterProvider, type MetricData, type MetricReader } from '@opentelemetry/sdk-metrics';
import { seconds } from '../clock.ts';
import { resourceOf } from './resource.ts';

/** The metrics of one process, and how a Prometheus server reads them. */
export interface Metering {
  /** Makes instruments. */
  meter: Meter;
  contentType: string;
  /** In Prometheus' text format. */
  render(): Promise<string>;
  /** Hands on what is left for whoever is pushed to. */
  close(): Promise<void>;
}

/** What takes longer to be looked up, in milliseconds, is left out this time: a scrape doesn't wait for a store that is down. */
const PATIENCE_MS = seconds(2);

/**
 * A provider of its own, not OpenTelemetry's global one: Google's libraries would use that for what is theirs.
 *
 * @param service `subscriber` or `oauth-web`
 * @param pushed whoever is pushed to, besides Prometheus, which pulls
 */
export function createMetering(service: string, pushed: readonly MetricReader[] = []): Metering {
  const pulled = new PrometheusExporter({ preventServerStart: true });
  const provider = new MeterProvider({
    resource: resourceOf(service),
    readers: [pulled, ...pushed],
  });
  const serializer = new PrometheusSerializer(undefined, false, undefined, true, true);
  return {
    meter: provider.getMeter('postern'),
    contentType: 'text/plain; version=0.0.4; charset=utf-8',
    async render() {
      const { resourceMetrics } = await pulled.collect({ timeoutMillis: PATIENCE_MS });
      const scopeMetrics = resourceMetrics.scopeMetrics.map((scope) => ({
        ...scope,
        metrics: scope.metrics.map(withUnit),
      }));
      return serializer.serialize({ ...resourceMetrics, scopeMetrics });
    },
    close: () => provider.shutdown(),
  };
}

/**
 * With the unit in the name, as Prometheus has it and as OpenTelemetry's own translation says ("Prometheus and OpenMetrics
 * Compatibility", Metric Metadata). The serializer leaves it out.
 */
function withUnit<Metric extends MetricData>(metric: Metric): Metric {
  const { name, unit } = metric.descriptor;
  const named = unit === 's' ? `${name}.seconds` : name;
  return { ...metric, descriptor: { ...metric.descriptor, name: named, unit: '' } };
}
