import { denied, invalid, notFound, notSimulated } from './api-error.ts';
import type { Backend, Method } from './method.ts';
import { pageOf } from './page.ts';

/** `spaces.get`. */
export function getSpace({ access }: Backend): Method {
  return {
    id: 'spaces.get',
    run({ principal, resource, query }) {
      // There is no administrator among the people.
      if (query.flag('useAdminAccess')) throw denied();
      return access.space(principal, resource).resource;
    },
  };
}

/** `spaces.list`: those that the caller is a member of. */
export function listSpaces({ access }: Backend): Method {
  return {
    id: 'spaces.list',
    run({ principal, query }) {
      if (query.text('filter')) throw notSimulated('filters');
      const all = access.spaces(principal).map(({ resource }) => resource);
      const { items, ...next } = pageOf(query, all, { defaultSize: 100, maxSize: 1000 });
      return { spaces: items, ...next };
    },
  };
}

/** `spaces.findDirectMessage`: the one between the caller and another user. */
export function findDirectMessage({ world, access }: Backend): Method {
  return {
    id: 'spaces.findDirectMessage',
    run({ principal, query }) {
      const name = query.text('name') ?? '';
      if (!/^users\/[\w.@+-]+$/.test(name)) throw invalid('Invalid user resource name.');
      const other = world.user(name);
      const found = access
        .spaces(principal)
        .find(
          ({ resource, members }) =>
            resource.spaceType === 'DIRECT_MESSAGE' &&
            other !== undefined &&
            other.name !== access.caller(principal).name &&
            members.includes(other.name),
        );
      if (found === undefined) throw notFound();
      return found.resource;
    },
  };
}
