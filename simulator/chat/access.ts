import type { Principal } from '../principal.ts';
import type { ChatWorld } from '../world/chat-world.ts';
import type { ChatUser } from '../world/people.ts';
import type { StoredMessage, StoredSpace } from '../world/state.ts';
import { ApiError, denied } from './api-error.ts';

/** What a principal is, can see and may enter. Whatever is refused, is refused in Google's words. */
export interface Access {
  /** The app itself, or the person. */
  caller(principal: Principal): ChatUser;
  space(principal: Principal, name: string): StoredSpace;
  spaces(principal: Principal): StoredSpace[];
  /** @param name also with a client-assigned id */
  message(principal: Principal, name: string): { space: StoredSpace; message: StoredMessage };
  /** The same, if it is the principal's own. */
  ownMessage(principal: Principal, name: string): { space: StoredSpace; message: StoredMessage };
}

export function createAccess(world: ChatWorld): Access {
  const caller: Access['caller'] = (principal) => {
    const user = world.user(principal.kind === 'app' ? 'users/app' : principal.userName);
    if (user === undefined) throw denied();
    return user;
  };

  const space: Access['space'] = (principal, name) => {
    const found = world.space(name);
    if (found?.members.includes(caller(principal).name)) return found;
    throw found && principal.kind === 'app' ? notAMember() : denied();
  };

  const message: Access['message'] = (principal, name) => {
    const [spaceName = '', id = ''] = name.split('/messages/');
    const around = space(principal, spaceName);
    const found = world.message(spaceName, id);
    if (found === undefined || !sees(principal, found)) throw denied();
    return { space: around, message: found };
  };

  return {
    caller,
    space,
    spaces: (principal) =>
      world.spaces().filter(({ members }) => members.includes(caller(principal).name)),
    message,
    ownMessage(principal, name) {
      const found = message(principal, name);
      if (found.message.resource.sender.name !== caller(principal).name) throw denied();
      return found;
    },
  };
}

/** What only one person sees, the app sees too: its own private messages, and slash commands. */
function sees(principal: Principal, { seenBy }: StoredMessage): boolean {
  return principal.kind === 'app' || seenBy === undefined || seenBy === principal.userName;
}

function notAMember(): ApiError {
  return new ApiError('PERMISSION_DENIED', 'This Chat app is not a member of this space.');
}
