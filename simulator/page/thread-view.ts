import type { DeletedMessage, SimulatedMessage, SimulatedSpace } from '../world.ts';
import type { Context } from './context.ts';
import { deletedView, type MessageView, messageView } from './message-view.ts';

/** The first message, and the replies to it. */
export interface ThreadView {
  name: string;
  messages: MessageView[];
}

/** What somebody writes within this time goes under what they wrote before, in milliseconds. */
const TOGETHER_MS = 5 * 60_000;

interface Entry {
  thread: string;
  createTime: string;
  view: MessageView;
}

/** What somebody sees of a space, the oldest thread first. */
export function threadViews(context: Context, space: SimulatedSpace): ThreadView[] {
  const messages = context.world.messagesSeenBy(context.me, space.resource.name ?? '');
  const entries = [
    ...messages.map((message) => written(context, message)),
    ...space.deleted.map((message) => deleted(context, message)),
  ].toSorted((one, other) => compare(one.createTime, other.createTime));
  const threads = Map.groupBy(entries, ({ thread }) => thread);
  return joined([...threads].map(([name, found]) => ({ name, messages: found.map(viewOf) })));
}

function written(context: Context, message: SimulatedMessage): Entry {
  const { thread, createTime } = message.resource;
  return {
    thread: thread?.name ?? '',
    createTime: createTime ?? '',
    view: messageView(context, message),
  };
}

function deleted(context: Context, message: DeletedMessage): Entry {
  const { thread, createTime } = message;
  return { thread, createTime, view: deletedView(context, message) };
}

function viewOf({ view }: Entry): MessageView {
  return view;
}

/** Times of equal length: as Chat writes them, they sort as text. */
function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** Marks what follows something of the same author: among the threads, and among the replies in each. */
function joined(threads: ThreadView[]): ThreadView[] {
  return threads.map(({ name, messages: [first, ...replies] }, index) => {
    if (first === undefined) return { name, messages: [] };
    const { messages: before = [] } = threads[index - 1] ?? {};
    const head = { ...first, continues: before.length === 1 && follows(before[0], first) };
    const rest = replies.map((reply, at) => ({
      ...reply,
      continues: follows(replies[at - 1], reply),
    }));
    return { name, messages: [head, ...rest] };
  });
}

function follows(before: MessageView | undefined, after: MessageView): boolean {
  if (before === undefined || before.isDeleted || after.isDeleted) return false;
  return (
    before.sender.name === after.sender.name &&
    before.via === after.via &&
    before.isPrivate === after.isPrivate &&
    Date.parse(after.createTime) - Date.parse(before.createTime) < TOGETHER_MS
  );
}
