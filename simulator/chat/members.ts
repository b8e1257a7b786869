import type { Principal } from '../principal.ts';
import type { ChatUser } from '../world/people.ts';
import type { StoredSpace } from '../world/state.ts';
import { ApiError, denied, notFound, notSimulated } from './api-error.ts';
import type { Backend, Method } from './method.ts';
import { pageOf } from './page.ts';
import { viewMembership } from './view.ts';

/** `spaces.members.list`: with app authentication without the apps, itself included (its description). */
export function listMembers({ world, access }: Backend): Method {
  return {
    id: 'members.list',
    run({ principal, resource, query }) {
      if (query.flag('useAdminAccess')) throw denied();
      if (query.text('filter')) throw notSimulated('filters');
      const space = access.space(principal, resource);
      const all = membersOf(space)
        .filter(({ type }) => principal.kind === 'person' || type === 'HUMAN')
        .map((user) => viewMembership(principal, user, space));
      const { items, ...next } = pageOf(query, all, { defaultSize: 100, maxSize: 1000 });
      return { memberships: items, ...next };
    },
  };

  function membersOf({ members }: StoredSpace): ChatUser[] {
    return members.flatMap((name) => world.user(name) ?? []);
  }
}

/** `spaces.members.get`. */
export function getMember({ world, access }: Backend): Method {
  return {
    id: 'members.get',
    run({ principal, resource, query }) {
      if (query.flag('useAdminAccess')) throw denied();
      const [spaceName = '', id = ''] = resource.split('/members/');
      const space = access.space(principal, spaceName);
      const user = world.user(`users/${id}`);
      if (user === undefined || !space.members.includes(user.name)) throw notFound();
      refuseApps(principal, user);
      return viewMembership(principal, user, space);
    },
  };
}

function refuseApps(principal: Principal, { type }: ChatUser): void {
  if (principal.kind === 'person' || type === 'HUMAN') return;
  throw new ApiError(
    'PERMISSION_DENIED',
    "Service account authentication doesn't support access to membership information for apps.",
  );
}
