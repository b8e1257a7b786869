import type { ChatWorld, ThreadTarget } from '../world/chat-world.ts';
import type { StoredSpace } from '../world/state.ts';
import { invalid, notFound } from './api-error.ts';
import type { MessageBody } from './message-body.ts';
import type { Query } from './query.ts';

const MAX_THREAD_KEY = 4000;

/**
 * Where a new message goes (the description of `messageReplyOption`): only who asks for a reply gets one, and only in named
 * spaces. All others start a thread, whatever thread they name.
 *
 * @throws ApiError when the thread must exist, and doesn't
 */
export function threadFor(
  world: ChatWorld,
  { resource: { name: space, spaceType } }: StoredSpace,
  { thread = {} }: MessageBody,
  query: Query,
): ThreadTarget {
  const { name, threadKey = query.text('threadKey') } = thread;
  if (threadKey !== undefined && threadKey.length > MAX_THREAD_KEY) {
    throw invalid(`The thread key is longer than ${MAX_THREAD_KEY} characters.`);
  }
  const option = query.text('messageReplyOption') ?? 'MESSAGE_REPLY_OPTION_UNSPECIFIED';
  const asksForReply = option !== 'MESSAGE_REPLY_OPTION_UNSPECIFIED';
  if (!asksForReply || spaceType !== 'SPACE') return { kind: 'new' };
  if (name === undefined) {
    return threadKey === undefined ? { kind: 'new' } : { kind: 'keyed', key: threadKey };
  }
  if (world.hasThread(space, name)) return { kind: 'reply', thread: name };
  if (option === 'REPLY_MESSAGE_OR_FAIL') throw notFound();
  return { kind: 'new' };
}
