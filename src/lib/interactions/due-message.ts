import { type RequestId, requestId, type SpaceName, spaceName } from '../names.ts';
import { TRACE_ATTRIBUTE, type Traceparent } from '../telemetry/traceparent.ts';

/**
 * The Pub/Sub attributes by which the relay names a request that is due, and the space whose order it belongs to. Chat sets no
 * attributes on its own messages.
 */
export const REQUEST_ATTRIBUTE = 'postern-request';
const SPACE_ATTRIBUTE = 'postern-space';

interface Due {
  id: RequestId;
  space: SpaceName;
}

/** What the relay publishes: where to find the request. Its payload stays in the ledger. */
export function dueMessage(
  { id, space }: Due,
  trace?: Traceparent,
): {
  data: Buffer;
  attributes: Record<string, string>;
} {
  return {
    data: Buffer.alloc(0),
    attributes: {
      [REQUEST_ATTRIBUTE]: id,
      [SPACE_ATTRIBUTE]: space,
      ...(trace === undefined ? {} : { [TRACE_ATTRIBUTE]: trace }),
    },
  };
}

/** The request that a message of the relay names; undefined when it names none. */
export function dueRequest(attributes: Readonly<Record<string, string>>): Due | undefined {
  const id = requestId.safeParse(attributes[REQUEST_ATTRIBUTE]);
  const space = spaceName.safeParse(attributes[SPACE_ATTRIBUTE]);
  return id.success && space.success ? { id: id.data, space: space.data } : undefined;
}
