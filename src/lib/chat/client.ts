import { type chat_v1, chat as chatClient } from '@googleapis/chat';
import { SpanKind } from '@opentelemetry/api';
import type { z } from 'zod';
import { seconds } from '../clock.ts';
import { withDeadline } from '../deadline.ts';
import { ChatError } from '../errors.ts';
import { NO_TRACING, type Tracing } from '../telemetry/tracing.ts';
import { classifyError, NOT_CHAT } from './classify-error.ts';
import type { Counted, Pacer } from './pacer.ts';
import { type RetryOptions, withRetry } from './retry.ts';

export interface CallOptions extends Omit<RetryOptions, 'signal' | 'maxAttempts'> {
  /** One for all calls of a process. */
  pacer: Pacer;
  /** None unless given. */
  tracing?: Tracing;
  /** For each attempt, getting the app's credentials included, waiting for its turn not. In milliseconds. */
  timeoutMs?: number;
}

const CHAT = { 'rpc.service': 'chat.googleapis.com' };

/**
 * Makes a call, in its turn, until it succeeds, is refused, or `signal` aborts.
 *
 * @throws ChatError
 */
export type Call = <T>(
  counted: Counted,
  signal: AbortSignal,
  work: (attemptSignal: AbortSignal) => Promise<T>,
) => Promise<T>;

/**
 * Google's client. Without credentials of its own: every call says whose it uses, so that none can fall back to the app's.
 *
 * @param rootUrl `https://chat.googleapis.com`, or a stand-in
 */
export function openClient(rootUrl: string): chat_v1.Resource$Spaces {
  const { spaces } = chatClient({
    version: 'v1',
    rootUrl,
    // The library's retry leaves out POST and PATCH, and ignores Retry-After (feasibility.md, section 5).
    retry: false,
    fetchImplementation: fetch,
  });
  return spaces;
}

export function createCall(options: CallOptions): Call {
  const { clock, pacer, timeoutMs = seconds(10), tracing = NO_TRACING } = options;
  return (counted, signal, work) => {
    const attempt = async () => {
      try {
        // Getting the app's credentials knows no signal.
        return await withDeadline({ ms: timeoutMs, signal }, work);
      } catch (error) {
        throw classifyError(error, clock());
      }
    };
    // Its turn apart: how long that takes is seen by what lies between two spans.
    const traced = () =>
      tracing.span(
        { name: `chat ${counted.as}`, kind: SpanKind.CLIENT, attributes: CHAT },
        attempt,
      );
    return withRetry((waitMs) => pacer.pace(counted, { waitMs, signal }, traced), {
      ...options,
      signal,
    });
  };
}

/** @throws ChatError when something else than Chat has answered */
export function parseAnswer<T>(schema: z.ZodType<T>, data: unknown): T {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  throw new ChatError(NOT_CHAT.code, NOT_CHAT.message);
}
