import type { Principal } from '../principal.ts';
import type { ChatWorld, NewMessage } from '../world/chat-world.ts';
import { defined } from '../world/defined.ts';
import type { StoredSpace } from '../world/state.ts';
import { denied, invalid } from './api-error.ts';
import { checkNotEmpty, readMessageBody } from './message-body.ts';
import { threadFor } from './message-thread.ts';
import type { MethodCall } from './method.ts';
import type { Query } from './query.ts';

/** @throws ApiError when it isn't a message that the principal may send */
export function readNewMessage(
  world: ChatWorld,
  space: StoredSpace,
  call: MethodCall,
): Pick<NewMessage, 'text' | 'content' | 'thread'> {
  const { query, principal } = call;
  const body = readMessageBody(call);
  checkNotEmpty(body);
  return {
    text: body.text,
    content: defined({
      cardsV2: body.cardsV2,
      accessoryWidgets: body.accessoryWidgets,
      fallbackText: body.fallbackText,
      silent: isSilent(query, principal) ? true : undefined,
      privateMessageViewer:
        body.privateMessageViewer && viewerIn(world, space, body.privateMessageViewer.name),
      clientAssignedMessageId: messageIdOf(query),
    }),
    thread: threadFor(world, space, body, query),
  };
}

/** At most 63 characters in all. */
const MESSAGE_ID = /^client-[a-z0-9-]{1,56}$/;

function messageIdOf(query: Query): string | undefined {
  const messageId = query.text('messageId');
  if (messageId === undefined || MESSAGE_ID.test(messageId)) return messageId;
  throw invalid(
    'Invalid message ID: it begins with `client-`, and has up to 63 lowercase letters, numbers and hyphens.',
  );
}

/** Only apps decide on notifications. */
function isSilent(query: Query, principal: Principal): boolean {
  const type = query.text('createMessageNotificationOptions.notificationType');
  const isDefault = type === undefined || type === 'NOTIFICATION_TYPE_NONE';
  if (!isDefault && principal.kind === 'person') {
    throw invalid('Notification types need app authentication.');
  }
  return type === 'NOTIFICATION_TYPE_SILENT';
}

function viewerIn(
  world: ChatWorld,
  { members }: StoredSpace,
  nameOrAlias: string,
): { name: string; type: string } {
  const viewer = world.user(nameOrAlias);
  if (viewer?.type !== 'HUMAN') throw invalid('Invalid private message viewer.');
  if (!members.includes(viewer.name)) throw denied();
  return { name: viewer.name, type: viewer.type };
}
