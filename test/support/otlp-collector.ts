import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { loadSync } from '@grpc/proto-loader';
import { z } from 'zod';

const keyValue = z
  .object({ key: z.string(), value: z.record(z.string(), z.unknown()) })
  .transform(({ key, value }) => [key, Object.values(value)[0]] as const);
const attributes = z.array(keyValue).transform((pairs) => new Map(pairs));
const resource = z.object({ attributes });
const hex = z.instanceof(Buffer).transform((bytes) => bytes.toString('hex'));
const span = z.object({
  traceId: hex,
  spanId: hex,
  parentSpanId: hex,
  name: z.string(),
  kind: z.number(),
  attributes,
  status: z.object({ code: z.number() }).nullable(),
});
const traces = z.object({
  resourceSpans: z.array(
    z.object({ resource, scopeSpans: z.array(z.object({ spans: z.array(span) })) }),
  ),
});
const metrics = z.object({
  resourceMetrics: z.array(
    z.object({
      resource,
      scopeMetrics: z.array(z.object({ metrics: z.array(z.object({ name: z.string() })) })),
    }),
  ),
});

export type CollectedSpan = z.infer<typeof span> & { service: unknown };

/** An OpenTelemetry collector, as far as it takes what is pushed to it: OTLP over HTTP, in protobuf. */
export interface Collector {
  url: string;
  spans: CollectedSpan[];
  /** The names of metrics, by the service that has pushed them. */
  metrics: Map<unknown, Set<string>>;
  close(): Promise<void>;
}

const decoder = loadSync(join(import.meta.dirname, 'otlp.proto'), {
  defaults: true,
  oneofs: false,
});
const { Collector: service } = z
  .object({ 'otlp.Collector': z.looseObject({}) })
  .transform((found) => ({ Collector: found['otlp.Collector'] }))
  .parse(decoder);
const methods = z
  .object({
    Traces: z.object({ requestDeserialize: z.custom<(bytes: Buffer) => unknown>() }),
    Metrics: z.object({ requestDeserialize: z.custom<(bytes: Buffer) => unknown>() }),
  })
  .parse(service);

export async function startCollector(): Promise<Collector> {
  const spans: CollectedSpan[] = [];
  const collected: Collector['metrics'] = new Map();
  const take = (path: string, body: Buffer): void => {
    if (path === '/v1/traces') {
      for (const { resource: from, scopeSpans } of traces.parse(
        methods.Traces.requestDeserialize(body),
      ).resourceSpans) {
        const service = from.attributes.get('service.name');
        spans.push(
          ...scopeSpans.flatMap((scope) => scope.spans.map((one) => ({ ...one, service }))),
        );
      }
      return;
    }
    for (const { resource: from, scopeMetrics } of metrics.parse(
      methods.Metrics.requestDeserialize(body),
    ).resourceMetrics) {
      const service = from.attributes.get('service.name');
      const names = collected.get(service) ?? new Set();
      for (const { name } of scopeMetrics.flatMap((scope) => scope.metrics)) names.add(name);
      collected.set(service, names);
    }
  };
  const server = createServer((request, response) => {
    void buffer(request)
      .then((body) => {
        const isZipped = request.headers['content-encoding'] === 'gzip';
        take(request.url ?? '', isZipped ? gunzipSync(body) : body);
        response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
      })
      .catch(() => response.writeHead(400).end());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Not listening');
  return {
    url: `http://127.0.0.1:${address.port}`,
    spans,
    metrics: collected,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
