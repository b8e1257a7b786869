import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Attributes,
  type Context,
  isSpanContextValid,
  ROOT_CONTEXT,
  type SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { PosternError } from '../errors.ts';
import { type Traceparent, traceparent } from './traceparent.ts';

export interface SpanOptions {
  /** One of few: no ids in it. */
  name: string;
  kind: SpanKind;
  /** No ids of people or spaces among them, and nothing that somebody wrote. */
  attributes?: Attributes;
  /** Where it belongs to, unless to the span that it is begun in. */
  parent?: Traceparent | undefined;
}

/** What is learnt while a span lasts. */
export interface SpanNotes {
  note(attributes: Attributes): void;
  /** It went wrong, in a way that isn't thrown. @param code stable */
  fail(code: string): void;
}

/** Traces of one process. */
export interface Tracing {
  /** Times some work. What begins within it belongs to it, also where that runs later. */
  span<T>(options: SpanOptions, work: (notes: SpanNotes) => Promise<T>): Promise<T>;
  /** Of the span that this is called in, to be handed on. Undefined where nothing is traced. */
  current(): Traceparent | undefined;
}

const NO_NOTES: SpanNotes = { note() {}, fail() {} };

/** For a process whose traces nobody wants. */
export const NO_TRACING: Tracing = {
  span: (_options, work) => work(NO_NOTES),
  current: () => undefined,
};

/**
 * With a context of its own, not OpenTelemetry's global one: Google's libraries would put into that what is theirs.
 *
 * @param tracer of a provider that isn't the global one, for the same reason
 */
export function createTracing(tracer: Tracer): Tracing {
  const contexts = new AsyncLocalStorage<Context>();
  return {
    async span({ name, kind, attributes = {}, parent }, work) {
      const within = parent === undefined ? contexts.getStore() : contextOf(parent);
      const options = { kind, attributes };
      const span = tracer.startSpan(name, options, within ?? ROOT_CONTEXT);
      const fail = (code: string): void => {
        span.setAttribute('error.type', code);
        span.setStatus({ code: SpanStatusCode.ERROR });
      };
      const notes: SpanNotes = { note: (noted) => void span.setAttributes(noted), fail };
      try {
        const context = trace.setSpan(within ?? ROOT_CONTEXT, span);
        return await contexts.run(context, () => work(notes));
      } catch (error) {
        // Not `recordException`: a message that isn't ours may hold anything.
        fail(error instanceof PosternError ? error.code : 'unexpected');
        throw error;
      } finally {
        span.end();
      }
    },

    current() {
      const context = contexts.getStore();
      const current = context === undefined ? undefined : trace.getSpanContext(context);
      if (current === undefined || !isSpanContextValid(current)) return undefined;
      const flags = current.traceFlags.toString(16).padStart(2, '0');
      return traceparent.parse(`00-${current.traceId}-${current.spanId}-${flags}`);
    },
  };
}

function contextOf(parent: Traceparent): Context {
  const [, traceId = '', spanId = '', flags = ''] = parent.split('-');
  const traceFlags = Number.parseInt(flags, 16);
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}
