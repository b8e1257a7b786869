import type { Edit } from '../world/chat-world.ts';
import type { StoredMessage, StoredSpace } from '../world/state.ts';
import { ApiError, invalid, notSimulated } from './api-error.ts';
import { checkNotEmpty, type MessageBody, readMessageBody } from './message-body.ts';
import type { Backend, Method, MethodCall } from './method.ts';
import { camelCase } from './query.ts';
import { viewMessage } from './view.ts';

/** `spaces.messages.get`. */
export function getMessage({ access }: Backend): Method {
  return {
    id: 'messages.get',
    run({ principal, resource, query }) {
      if (query.text('markupSyntax') === 'MARKUP_SYNTAX_MARKDOWN') throw notSimulated('Markdown');
      const { space, message } = access.message(principal, resource);
      return viewMessage(principal, message, space);
    },
  };
}

/** `spaces.messages.patch`, and `update`, which is the same with PUT. */
export function patchMessage({ world, access }: Backend): Method {
  return {
    id: 'messages.patch',
    run(call) {
      const { principal, resource, query } = call;
      if (query.flag('allowMissing')) throw notSimulated('`allowMissing`');
      const paths = maskOf(call);
      const { space, message } = access.ownMessage(principal, resource);
      const edit = editOf(paths, readMessageBody(call));
      checkNotEmpty({
        text: edit.text ?? message.resource.text ?? '',
        cardsV2: edit.cardsV2 ?? message.resource.cardsV2,
      });
      return viewMessage(principal, world.edit(message, edit), space);
    },
  };
}

/** Who may change what of a message (the description of `updateMask`). */
const PATHS = {
  person: ['text', 'attachment', 'quotedMessageMetadata'],
  app: ['text', 'attachment', 'quotedMessageMetadata', 'cards', 'cardsV2', 'accessoryWidgets'],
} as const;

function maskOf({ principal, query }: MethodCall): readonly string[] {
  const mask = query.text('updateMask') ?? '';
  if (mask === '') throw invalid('The update mask is missing.');
  const allowed: readonly string[] = PATHS[principal.kind];
  if (mask === '*') return allowed;
  const paths = mask.split(',').map((path) => camelCase(path.trim()));
  const wrong = paths.find((path) => !allowed.includes(path));
  if (wrong !== undefined) throw invalid(`Invalid update mask: \`${wrong}\` can't be updated.`);
  return paths;
}

/** A field that is in the mask and not in the body is cleared. */
function editOf(paths: readonly string[], { text, cardsV2, accessoryWidgets }: MessageBody): Edit {
  return {
    ...(paths.includes('text') ? { text } : {}),
    ...(paths.includes('cardsV2') ? { cardsV2: cardsV2 ?? [] } : {}),
    ...(paths.includes('accessoryWidgets') ? { accessoryWidgets: accessoryWidgets ?? [] } : {}),
  };
}

/** `spaces.messages.delete`. */
export function deleteMessage({ world, access }: Backend): Method {
  return {
    id: 'messages.delete',
    run({ principal, resource, query }) {
      const { space, message } = access.ownMessage(principal, resource);
      const replies = repliesTo(message, space);
      if (principal.kind === 'person' && replies.length > 0) {
        if (!query.flag('force')) {
          throw new ApiError('FAILED_PRECONDITION', 'The message has threaded replies.');
        }
        for (const reply of replies) world.remove(reply);
      }
      world.remove(message);
      return {};
    },
  };
}

function repliesTo({ resource }: StoredMessage, { messages }: StoredSpace): StoredMessage[] {
  if (resource.threadReply) return [];
  return messages.filter(
    (other) => other.resource.threadReply && other.resource.thread.name === resource.thread.name,
  );
}
