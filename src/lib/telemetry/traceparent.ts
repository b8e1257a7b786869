import { z } from 'zod';

/**
 * Where in a trace something began, as it is handed on from process to process and kept with what waits (W3C Trace Context,
 * "traceparent"). Random numbers: it says nothing of anybody.
 */
export const traceparent = z
  .string()
  .regex(/^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/, 'not a traceparent')
  .brand('Traceparent');

/** The attribute of a Pub/Sub message that Google's libraries hand it on in. */
export const TRACE_ATTRIBUTE = 'googclient_traceparent';

export type Traceparent = z.infer<typeof traceparent>;

/** Where in a trace the publisher of a message was, if they tell. Most don't, and it costs nothing then. */
export function traceOf(attributes: Readonly<Record<string, string>>): Traceparent | undefined {
  const told = attributes[TRACE_ATTRIBUTE];
  return told === undefined ? undefined : traceparent.safeParse(told).data;
}
