import { type RequestId, requestId } from '../names.ts';

/** The Pub/Sub attribute by which the relay names a request that is due. Chat sets no attributes on its own messages. */
export const REQUEST_ATTRIBUTE = 'postern-request';

/** What the relay publishes: the request's id only. Its payload stays in the ledger. */
export function dueMessage(id: RequestId): {
  data: Buffer;
  attributes: { [REQUEST_ATTRIBUTE]: RequestId };
} {
  return { data: Buffer.alloc(0), attributes: { [REQUEST_ATTRIBUTE]: id } };
}

/** The request that a message of the relay names; undefined when the attribute is no request id. */
export function dueRequest(attribute: string): RequestId | undefined {
  return requestId.safeParse(attribute).data;
}
