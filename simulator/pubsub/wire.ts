import { z } from 'zod';
import { seconds } from '../../src/lib/clock.ts';
import { invalidArgument } from './refusal.ts';

/*
 * The requests of google.pubsub.v1 as they come off the wire, and only the fields that are simulated. A request that sets
 * any other is refused, so that nothing is taken for granted here that only the real service does.
 */

/** Throws INVALID_ARGUMENT when the request asks for something that isn't simulated. */
export function parse<Schema extends z.ZodType>(schema: Schema, request: unknown): z.infer<Schema> {
  const result = schema.safeParse(request);
  if (result.success) return result.data;
  throw invalidArgument(`This simulated Pub/Sub can't do that: ${z.prettifyError(result.error)}`);
}

const text = z.string().default('');
const integer = z.int().default(0);
const texts = z.array(z.string()).default([]);
const textMap = z.record(z.string(), z.string()).default({});
const durationMs = fields({ seconds: integer, nanos: integer }).transform(
  (duration) => seconds(duration.seconds) + duration.nanos / 1e6,
);

export const createTopicRequest = fields({ name: text, labels: textMap });
export const topicRequest = fields({ topic: text });
export const subscriptionRequest = fields({ subscription: text });
export const listRequest = fields({ project: text, pageSize: integer, pageToken: text });
export const listOfTopicRequest = fields({ topic: text, pageSize: integer, pageToken: text });

export const publishRequest = fields({
  topic: text,
  messages: z
    .array(fields({ data: z.instanceof(Buffer).default(Buffer.alloc(0)), attributes: textMap }))
    .default([]),
});

export const createSubscriptionRequest = fields({
  name: text,
  topic: text,
  ackDeadlineSeconds: integer,
  retryPolicy: fields({
    minimumBackoff: durationMs.optional(),
    maximumBackoff: durationMs.optional(),
  })
    .transform((policy) => ({
      minimumBackoffMs: policy.minimumBackoff,
      maximumBackoffMs: policy.maximumBackoff,
    }))
    .optional(),
  deadLetterPolicy: fields({ deadLetterTopic: text, maxDeliveryAttempts: integer }).optional(),
  labels: textMap,
  messageRetentionDuration: durationMs.optional(),
  expirationPolicy: fields({ ttl: durationMs.optional() }).optional(),
  enableMessageOrdering: z.boolean().default(false),
});

export const pullRequest = fields({
  subscription: text,
  returnImmediately: z.boolean().default(false),
  maxMessages: integer,
});

export const acknowledgeRequest = fields({ subscription: text, ackIds: texts });

export const modifyAckDeadlineRequest = fields({
  subscription: text,
  ackIds: texts,
  ackDeadlineSeconds: integer,
});

export const streamingPullRequest = fields({
  subscription: text,
  ackIds: texts,
  modifyDeadlineSeconds: z.array(z.int()).default([]),
  modifyDeadlineAckIds: texts,
  streamAckDeadlineSeconds: integer,
  clientId: text,
  maxOutstandingMessages: integer,
  maxOutstandingBytes: integer,
  protocolVersion: integer,
});
export type StreamingPullRequest = z.infer<typeof streamingPullRequest>;

export const testIamPermissionsRequest = fields({ resource: text, permissions: texts });

export const getIamPolicyRequest = fields({ resource: text });

export const setIamPolicyRequest = fields({
  resource: text,
  policy: fields({
    version: integer,
    bindings: z.array(fields({ role: text, members: texts })).default([]),
    etag: z.instanceof(Buffer).default(Buffer.alloc(0)),
  }),
});

/** A message with these fields. Any other may be there only with no value, which in protobuf is the same as absent. */
function fields<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.preprocess((message) => withoutEmptyStrangers(message, shape), z.strictObject(shape));
}

function withoutEmptyStrangers(message: unknown, shape: z.ZodRawShape): unknown {
  if (!isObject(message)) return message;
  return Object.fromEntries(
    Object.entries(message).filter(([name, value]) => name in shape || !isEmpty(value)),
  );
}

function isEmpty(value: unknown): boolean {
  if (isObject(value)) return Object.values(value).every(isEmpty);
  return value === '' || value === 0 || value === false || value === null || value === undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
