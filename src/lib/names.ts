import { z } from 'zod';

/**
 * Names of Chat's resources. Each is a string that a parser has seen, so that one can't stand in for another, and none can
 * smuggle a path segment or a query into the URL it becomes part of.
 */

/** A person or an app: `users/{id}`. The id of a person equals the `sub` of their Google ID token. */
export const userName = z
  .string()
  .max(200)
  .regex(/^users\/[\w.@+-]+$/)
  .brand<'UserName'>();
export type UserName = z.infer<typeof userName>;

/** A room, a group chat or a direct message: `spaces/{id}`. */
export const spaceName = z
  .string()
  .max(200)
  .regex(/^spaces\/[\w-]+$/)
  .brand<'SpaceName'>();
export type SpaceName = z.infer<typeof spaceName>;

/** A thread in a space: `spaces/{space}/threads/{thread}`. */
export const threadName = z
  .string()
  .max(400)
  .regex(/^spaces\/[\w-]+\/threads\/[\w.-]+$/)
  .brand<'ThreadName'>();
export type ThreadName = z.infer<typeof threadName>;

/** A message in a space: `spaces/{space}/messages/{message}`. */
export const messageName = z
  .string()
  .max(400)
  .regex(/^spaces\/[\w-]+\/messages\/[\w.-]+$/)
  .brand<'MessageName'>();
export type MessageName = z.infer<typeof messageName>;

/** The space that a message is in. */
export function spaceOf(message: MessageName): SpaceName {
  return spaceName.parse(message.split('/messages/')[0]);
}

/**
 * The identity of one request, derived from the content of its event: 64 hexadecimal digits. Redelivery, a double publish
 * and Chat's re-sent event all have the same one.
 */
export const requestId = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'RequestId'>();
export type RequestId = z.infer<typeof requestId>;
