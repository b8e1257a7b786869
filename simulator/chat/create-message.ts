import { ApiError, invalid } from './api-error.ts';
import type { Backend, Method, MethodCall } from './method.ts';
import { readNewMessage } from './new-message.ts';
import { viewMessage } from './view.ts';

/** `spaces.messages.create` (chat-platform.md, section 5). */
export function createMessage({ world, access }: Backend): Method {
  return {
    id: 'messages.create',
    async run(call) {
      const { principal, resource, query } = call;
      const space = access.space(principal, resource);
      const message = readNewMessage(world, space, call);
      const requestId = query.text('requestId');
      const earlier = requestId && repeated(call, requestId);
      if (earlier) return earlier;
      if (world.isTaken(resource, message.content.clientAssignedMessageId ?? '')) {
        throw new ApiError('ALREADY_EXISTS', 'Requested entity already exists');
      }
      const author = access.caller(principal);
      const posted = await world.post({
        ...message,
        space: resource,
        author,
        ...(requestId ? { requestId } : {}),
      });
      return viewMessage(principal, posted, space);
    },
  };

  /** What the same request made before, however different its content is now. */
  function repeated({ principal }: MethodCall, requestId: string): object | undefined {
    const earlier = world.madeBy(requestId);
    if (earlier === undefined) return undefined;
    if (earlier.principal !== access.caller(principal).name) {
      throw invalid('The request ID was used by another user.');
    }
    const { space, message } = access.message(principal, earlier.message);
    return viewMessage(principal, message, space);
  }
}
