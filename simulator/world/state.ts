import type { chat_v1 } from '@googleapis/chat';
import { z } from 'zod';
import type { DeletedMessage, SimulatedMessage, SimulatedSpace } from '../world.ts';
import { defined } from './defined.ts';
import type { ChatUser } from './people.ts';

/** A message, with the fields that every one has. */
export interface StoredMessage extends SimulatedMessage {
  resource: chat_v1.Schema$Message & {
    name: string;
    createTime: string;
    sender: ChatUser;
    thread: { name: string; threadKey?: string };
  };
}

export interface StoredSpace extends SimulatedSpace {
  resource: chat_v1.Schema$Space & { name: string; createTime: string };
  /** Oldest first. */
  messages: StoredMessage[];
  deleted: DeletedMessage[];
  /** Client-assigned message ids, and whose they are. An id stays taken when its message is deleted. */
  clientIds: Map<string, string>;
  /** Threads by the app's own keys: by `threadKeyId`. */
  threadKeys: Map<string, string>;
}

/** An incoming webhook: a way into one space for whoever knows its token. */
export interface StoredWebhook {
  /** Of the user that its messages are from. */
  id: string;
  displayName: string;
  space: string;
  token: string;
}

/** Everything that outlives a restart. */
export interface WorldState {
  /** The last moment, in microseconds. */
  micros: number;
  spaces: StoredSpace[];
  /** By `requestId` of `spaces.messages.create`: who used it, and the message that came of it. */
  requests: Map<string, { principal: string; message: string }>;
  /** The same for `spaces.setup`, and its space. */
  setups: Map<string, { principal: string; space: string }>;
  webhooks: StoredWebhook[];
}

const user = z.looseObject({ name: z.string(), type: z.enum(['HUMAN', 'BOT']) });

const messageResource = z.looseObject({
  name: z.string(),
  createTime: z.string(),
  sender: user,
  thread: z.looseObject({ name: z.string() }),
});

const spaceResource = z.looseObject({ name: z.string(), createTime: z.string() });

const entries = z.array(z.tuple([z.string(), z.string()]));

const savedState = z.object({
  micros: z.number(),
  spaces: z.array(
    z.object({
      resource: shapedLike<StoredSpace['resource']>(spaceResource),
      members: z.array(z.string()),
      messages: z.array(
        z.object({
          resource: shapedLike<StoredMessage['resource']>(messageResource),
          via: z.string().optional(),
          seenBy: z.string().optional(),
        }),
      ),
      deleted: z
        .array(
          z.object({
            name: z.string(),
            sender: z.string(),
            thread: z.string(),
            createTime: z.string(),
          }),
        )
        .default([]),
      clientIds: entries,
      threadKeys: entries,
    }),
  ),
  requests: z.array(
    z.tuple([z.string(), z.object({ principal: z.string(), message: z.string() })]),
  ),
  setups: z
    .array(z.tuple([z.string(), z.object({ principal: z.string(), space: z.string() })]))
    .default([]),
  webhooks: z
    .array(
      z.object({ id: z.string(), displayName: z.string(), space: z.string(), token: z.string() }),
    )
    .default([]),
});

/** Chat's resources are kept as they are: only what the world itself relies on is checked. */
function shapedLike<T>(schema: z.ZodType): z.ZodType<T> {
  return z.custom<T>((value) => schema.safeParse(value).success);
}

/** Maps become lists of entries: an object would trip over a key such as `__proto__`, and clients choose these keys. */
export function toJson(state: WorldState): unknown {
  return {
    micros: state.micros,
    spaces: state.spaces.map((space) => ({
      ...space,
      clientIds: [...space.clientIds],
      threadKeys: [...space.threadKeys],
    })),
    requests: [...state.requests],
    setups: [...state.setups],
    webhooks: state.webhooks,
  };
}

/** @throws z.ZodError when it was not written by {@link toJson} */
export function fromJson(json: unknown): WorldState {
  const saved = savedState.parse(json);
  return {
    micros: saved.micros,
    spaces: saved.spaces.map((space) => ({
      ...space,
      messages: space.messages.map(({ resource, ...rest }) => ({ resource, ...defined(rest) })),
      clientIds: new Map(space.clientIds),
      threadKeys: new Map(space.threadKeys),
    })),
    requests: new Map(saved.requests),
    setups: new Map(saved.setups),
    webhooks: saved.webhooks,
  };
}

/** A thread's key is private to the app that made it. */
export function threadKeyId(app: string, key: string): string {
  return `${app} ${key}`;
}

export function hasThread({ messages }: StoredSpace, thread: string): boolean {
  return messages.some(({ resource }) => resource.thread.name === thread);
}
