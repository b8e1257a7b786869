import { createMembership } from './create-membership.ts';
import { createMessage } from './create-message.ts';
import { getMember, listMembers } from './members.ts';
import { deleteMessage, getMessage, patchMessage } from './messages.ts';
import type { Backend, Method } from './method.ts';
import { setUpSpace } from './set-up-space.ts';
import { findDirectMessage, getSpace, listSpaces } from './spaces.ts';

/** What the simulator does of the service, by the method's name in the protos. */
export function createMethods(backend: Backend): ReadonlyMap<string, Method> {
  return new Map([
    ['CreateMessage', createMessage(backend)],
    ['GetMessage', getMessage(backend)],
    ['UpdateMessage', patchMessage(backend)],
    ['DeleteMessage', deleteMessage(backend)],
    ['GetSpace', getSpace(backend)],
    ['ListSpaces', listSpaces(backend)],
    ['FindDirectMessage', findDirectMessage(backend)],
    ['ListMemberships', listMembers(backend)],
    ['GetMembership', getMember(backend)],
    ['CreateMembership', createMembership(backend)],
    ['SetUpSpace', setUpSpace(backend)],
  ]);
}
