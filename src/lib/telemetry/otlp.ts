import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { type MetricReader, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import {
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { minutes, seconds } from '../clock.ts';
import type { Log } from './log.ts';
import { resourceOf } from './resource.ts';

/** Who is pushed to. */
export interface Otlp {
  reader: MetricReader;
  provider: TracerProvider;
}

const METRICS_EVERY_MS = minutes(1);
const TIMEOUT_MS = seconds(10);

/**
 * Pushes metrics and traces to a collector: OTLP over HTTP, in protobuf. Loaded only where there is one, since it takes its
 * time. Headers, compression and certificates are those of OpenTelemetry's own variables, which its exporters read.
 *
 * A collector that is away costs nothing but what it would have got.
 */
export function openOtlp(service: string, endpoint: string, log: Log): Otlp {
  const to = (signal: 'metrics' | 'traces') => ({
    url: `${endpoint.replace(/\/$/, '')}/v1/${signal}`,
    timeoutMillis: TIMEOUT_MS,
  });
  const exported = watch(log);
  const metrics = exported('metrics', new OTLPMetricExporter(to('metrics')));
  const traces = exported('traces', new OTLPTraceExporter(to('traces')));
  return {
    reader: new PeriodicExportingMetricReader({
      exporter: metrics,
      exportIntervalMillis: METRICS_EVERY_MS,
      exportTimeoutMillis: TIMEOUT_MS,
    }),
    provider: new TracerProvider({
      resource: resourceOf(service),
      // Whoever publishes may decide for what follows.
      sampler: new ParentBasedSampler({ root: new AlwaysOnSampler() }),
      spanProcessors: [
        new BatchSpanProcessor({ exporter: traces, exportTimeoutMillis: TIMEOUT_MS }),
      ],
    }),
  };
}

interface Exporter<Items> {
  export(items: Items, done: (result: { code: number }) => void): void;
}

/** Has the log tell of the first of several failures in a row, and of the end of them. */
function watch(log: Log) {
  return <Items, Exports extends Exporter<Items>>(signal: string, exporter: Exports): Exports => {
    const send = exporter.export.bind(exporter);
    let isFailing = false;
    exporter.export = (items, done) =>
      send(items, (result) => {
        const fails = result.code !== 0;
        if (fails !== isFailing) {
          isFailing = fails;
          if (fails) log.warn(AWAY, { signal });
          else log.info('the collector takes telemetry again', { signal });
        }
        done(result);
      });
    return exporter;
  };
}

const AWAY =
  'the collector in OTEL_EXPORTER_OTLP_ENDPOINT doesn’t take telemetry: what it doesn’t take is lost';
