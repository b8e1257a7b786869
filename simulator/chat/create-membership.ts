import { z } from 'zod';
import type { Principal } from '../principal.ts';
import type { ChatUser } from '../world/people.ts';
import { ApiError, denied, invalid, notFound, notSimulated } from './api-error.ts';
import type { Backend, Method, MethodCall } from './method.ts';
import { requireScope } from './scopes.ts';
import { viewMembership } from './view.ts';

const membership = z.object({
  member: z.object({ name: z.string().default(''), type: z.string().optional() }).optional(),
});

/** Fields that another method, or an import, decides on. */
const NOT_HERE = ['role', 'createTime', 'deleteTime'];

/** `spaces.members.create`: adds a person, or the app itself, for a person who is in the space. */
export function createMembership({ world, access }: Backend): Method {
  return {
    id: 'members.create',
    async run({ principal, resource, query, body }) {
      if (query.flag('useAdminAccess')) throw denied();
      if (principal.kind === 'app') throw notSimulated('what an administrator approves');
      const space = access.space(principal, resource);
      if (space.resource.spaceType === 'DIRECT_MESSAGE') {
        throw invalid('Memberships can’t be created in a direct message.');
      }
      const newcomer = readNewcomer(body);
      checkMayAdd(principal, newcomer);
      if (space.members.includes(newcomer.name)) {
        throw new ApiError('ALREADY_EXISTS', 'Requested entity already exists');
      }
      await world.join(space, newcomer, access.caller(principal));
      return viewMembership(principal, newcomer, space);
    },
  };

  function readNewcomer(body: MethodCall['body']): ChatUser {
    if (body['groupMember'] !== undefined) throw notSimulated('groups');
    const wrong = NOT_HERE.find((field) => body[field] !== undefined);
    if (wrong !== undefined) throw invalid(`\`${wrong}\` can't be set when somebody is added.`);
    const { member } = membership.parse(body);
    if (member === undefined) throw invalid('The member is missing.');
    const newcomer = world.user(member.name);
    if (newcomer === undefined) throw notFound();
    if (newcomer.type !== member.type)
      throw invalid('The type of the member is missing, or wrong.');
    if (newcomer.type === 'BOT' && newcomer !== world.user('users/app')) {
      throw invalid("Creating memberships for other Chat apps isn't supported.");
    }
    return newcomer;
  }
}

/** One scope lets people be added, another one the app (the description of the method). */
function checkMayAdd(principal: Principal, { type }: ChatUser): void {
  const scope = type === 'BOT' ? 'chat.memberships.app' : 'chat.memberships';
  requireScope(principal, [scope], 'CreateMembership');
}
