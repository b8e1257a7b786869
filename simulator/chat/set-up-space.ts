import { z } from 'zod';
import type { StoredSpace } from '../world/state.ts';
import { ApiError, invalid, notFound, notSimulated } from './api-error.ts';
import type { Backend, Method, MethodCall } from './method.ts';

const request = z.object({
  requestId: z.string().optional(),
  space: z.looseObject({ spaceType: z.string().optional(), displayName: z.string().default('') }),
  memberships: z
    .array(
      z.looseObject({
        member: z.object({ name: z.string().default(''), type: z.string().optional() }).optional(),
      }),
    )
    .default([]),
});

type SetUp = z.infer<typeof request>;

const MAX_MEMBERSHIPS = 49;
const MAX_NAME = 128;

/** `spaces.setup` of named spaces, whoever makes one being in it. */
export function setUpSpace({ world, access }: Backend): Method {
  return {
    id: 'spaces.setup',
    run(call) {
      const creator = access.caller(call.principal);
      const { requestId, space, memberships } = request.parse(call.body);
      checkSpace(space);
      const people = memberships.map(readPerson);
      if (people.length > MAX_MEMBERSHIPS) throw invalid('At most 49 memberships are allowed.');
      if (people.includes(creator.name)) {
        throw invalid('The calling user is added automatically, and must be left out.');
      }
      const earlier = requestId && repeated(call, requestId);
      if (earlier) return earlier.resource;
      if (world.spaces().some(({ resource }) => resource.displayName === space.displayName)) {
        throw new ApiError('ALREADY_EXISTS', 'Requested entity already exists');
      }
      const { displayName } = space;
      return world.setUp({ displayName, creator, people, requestId }).resource;
    },
  };

  function repeated({ principal }: MethodCall, requestId: string): StoredSpace | undefined {
    const earlier = world.setUpBy(requestId);
    if (earlier === undefined) return undefined;
    if (earlier.principal !== access.caller(principal).name) {
      throw invalid('The request ID was used by another user.');
    }
    return access.space(principal, earlier.space);
  }

  function readPerson({ member, groupMember }: SetUp['memberships'][number]): string {
    if (groupMember !== undefined) throw notSimulated('groups');
    if (member?.type !== 'HUMAN') throw invalid('Only people can be members of a new space.');
    const person = world.user(member.name);
    if (person?.type !== 'HUMAN') throw notFound();
    return person.name;
  }
}

function checkSpace({ spaceType, displayName, ...others }: SetUp['space']): void {
  if (spaceType === undefined) throw invalid('The type of the space is missing.');
  if (spaceType !== 'SPACE') throw notSimulated(`setting up a ${spaceType}`);
  const [other] = Object.keys(others);
  if (other !== undefined) throw notSimulated(`\`${other}\` of spaces`);
  if (displayName.trim() === '' || displayName.length > MAX_NAME) {
    throw invalid('The display name must have 1 to 128 characters.');
  }
}
