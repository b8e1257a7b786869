import type { chat_v1 } from '@googleapis/chat';
import type { Clock } from '../../src/lib/clock.ts';
import type { Snapshot } from '../snapshot.ts';
import type { DeletedMessage } from '../world.ts';
import { defined } from './defined.ts';
import type { ChatUser } from './people.ts';
import {
  fromJson,
  type StoredMessage,
  type StoredSpace,
  toJson,
  type WorldState,
} from './state.ts';
import { createTicker, idOf, type Moment } from './ticker.ts';

/** The fields of a message that its author decides on. */
export type Content = Pick<
  chat_v1.Schema$Message,
  | 'text'
  | 'formattedText'
  | 'argumentText'
  | 'annotations'
  | 'slashCommand'
  | 'cardsV2'
  | 'accessoryWidgets'
  | 'fallbackText'
  | 'silent'
  | 'privateMessageViewer'
  | 'clientAssignedMessageId'
>;

export interface Draft {
  now: Moment;
  sender: ChatUser;
  content: Content;
  /** The thread to reply in, by name; a new one otherwise. */
  thread?: string | undefined;
  threadKey?: string | undefined;
  via?: string | undefined;
  seenBy?: string | undefined;
}

/** What the world remembers, and the only place that writes it down. */
export interface Book {
  now(): Moment;
  readonly spaces: StoredSpace[];
  readonly requests: WorldState['requests'];
  readonly setups: WorldState['setups'];
  readonly webhooks: WorldState['webhooks'];
  space(name: string): StoredSpace | undefined;
  /** By the id in its name, or by the client-assigned one. */
  message(space: string, id: string): StoredMessage | undefined;
  append(space: StoredSpace, draft: Draft): StoredMessage;
  replace(message: StoredMessage, changed: StoredMessage): void;
  remove(message: StoredMessage): void;
  /** To be called after every change: saves, then tells the listeners. */
  changed(): void;
  onChange(listener: () => void): () => void;
}

/** @param begin what there is at the very first start */
export function openBook(
  snapshot: Snapshot,
  clock: Clock,
  begin: (now: () => Moment) => StoredSpace[],
): Book {
  const saved = snapshot.load();
  const state: WorldState =
    saved === undefined
      ? { micros: 0, spaces: [], requests: new Map(), setups: new Map(), webhooks: [] }
      : fromJson(saved);
  const tick = createTicker(clock, state.micros);
  const listeners = new Set<() => void>();

  const now = (): Moment => {
    const moment = tick();
    state.micros = moment.micros;
    return moment;
  };
  const changed = (): void => {
    snapshot.save(toJson(state));
    for (const listener of [...listeners]) listener();
  };
  const space = (name: string): StoredSpace | undefined =>
    state.spaces.find(({ resource }) => resource.name === name);

  if (saved === undefined) {
    state.spaces.push(...begin(now));
    changed();
  }

  return {
    now,
    spaces: state.spaces,
    requests: state.requests,
    setups: state.setups,
    webhooks: state.webhooks,
    space,

    message(spaceName, id) {
      const name = `${spaceName}/messages/${id}`;
      return space(spaceName)?.messages.findLast(
        ({ resource }) => resource.name === name || resource.clientAssignedMessageId === id,
      );
    },

    append(to, draft) {
      const message = newMessage(to, draft);
      to.messages.push(message);
      to.resource = { ...to.resource, lastActiveTime: message.resource.createTime };
      return message;
    },

    replace(message, by) {
      const { messages } = spaceAround(message);
      messages.splice(messages.indexOf(message), 1, by);
    },

    remove(message) {
      const space = spaceAround(message);
      space.messages.splice(space.messages.indexOf(message), 1);
      // Who could not see it sees nothing of its end either.
      if (message.seenBy === undefined) space.deleted.push(remainsOf(message));
    },

    changed,

    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };

  function spaceAround(message: StoredMessage): StoredSpace {
    const around = state.spaces.find(({ messages }) => messages.includes(message));
    if (around === undefined) throw new Error(`${message.resource.name} is gone`);
    return around;
  }
}

function remainsOf({ resource }: StoredMessage): DeletedMessage {
  const { name, sender, thread, createTime } = resource;
  return { name, sender: sender.name, thread: thread.name, createTime };
}

/** Chat's message ids name the thread first; the message that opens a thread has its thread's id twice. */
function newMessage({ resource: { name } }: StoredSpace, draft: Draft): StoredMessage {
  const { now, sender, content, thread, threadKey, via, seenBy } = draft;
  const id = idOf('message', now);
  const threadName = thread ?? `${name}/threads/${id}`;
  const threadId = threadName.slice(threadName.lastIndexOf('/') + 1);
  return {
    resource: {
      name: `${name}/messages/${threadId}.${id}`,
      sender,
      createTime: now.time,
      ...content,
      thread: { name: threadName, ...defined({ threadKey }) },
      ...(thread === undefined ? {} : { threadReply: true }),
    },
    ...defined({ via, seenBy }),
  };
}
