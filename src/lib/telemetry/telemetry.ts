import { setTimeout as wait } from 'node:timers/promises';
import { seconds } from '../clock.ts';
import type { Log } from './log.ts';
import { createMetering, type Metering } from './metering.ts';
import { createTracing, NO_TRACING, type Tracing } from './tracing.ts';

/** What a process tells of itself, besides its log. */
export interface Telemetry {
  metering: Metering;
  tracing: Tracing;
  /** Hands over what is left, if that can be done soon. Never rejects. */
  close(): Promise<void>;
}

/** So long may that take, in milliseconds: nobody waits for a collector that is away. */
const CLOSING_MS = seconds(3);

/**
 * @param service `subscriber` or `oauth-web`
 * @param endpoint of a collector (`OTEL_EXPORTER_OTLP_ENDPOINT`), if there is one. Without it there are no traces
 */
export async function openTelemetry(
  service: string,
  endpoint: string | undefined,
  log: Log,
): Promise<Telemetry> {
  if (endpoint === undefined) {
    const metering = createMetering(service);
    return { metering, tracing: NO_TRACING, close: () => soon([metering.close()]) };
  }
  const { openOtlp } = await import('./otlp.ts');
  const { reader, provider } = openOtlp(service, endpoint, log);
  const metering = createMetering(service, [reader]);
  const tracing = createTracing(provider.getTracer('postern'));
  return { metering, tracing, close: () => soon([metering.close(), provider.shutdown()]) };
}

async function soon(work: readonly Promise<void>[]): Promise<void> {
  const late = new AbortController();
  const limit = wait(CLOSING_MS, undefined, { signal: late.signal, ref: false }).catch(() => {});
  await Promise.race([Promise.allSettled(work), limit]);
  late.abort();
}
