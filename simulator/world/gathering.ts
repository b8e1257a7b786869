import type { ChatWorld } from './chat-world.ts';
import type { Workshop } from './deliver.ts';
import type { Membership } from './membership.ts';
import { userNameOf } from './people.ts';
import { countPeople, newRoom } from './spaces.ts';

/** What people do through the API with spaces and those in them. Whether they may is the API's business. */
export type Gathering = Pick<ChatWorld, 'join' | 'setUp' | 'setUpBy'>;

export function createGathering(
  { book, cast }: Workshop,
  { addApp }: Pick<Membership, 'addApp'>,
): Gathering {
  return {
    async join(space, newcomer, by) {
      // Chat tells the app when it is added itself, and nothing of others.
      if (newcomer.name === userNameOf(cast.app)) return await addApp(by.name, space.resource.name);
      space.members.push(newcomer.name);
      countPeople(space, cast);
      book.changed();
    },

    setUp({ displayName, creator, people, requestId }) {
      const members = [...new Set([creator.name, ...people])];
      const persons = members.flatMap((name) => cast.person(name) ?? []);
      const space = newRoom(displayName, persons, [], book.now());
      book.spaces.push(space);
      if (requestId) {
        book.setups.set(requestId, { principal: creator.name, space: space.resource.name });
      }
      book.changed();
      return space;
    },

    setUpBy: (requestId) => book.setups.get(requestId),
  };
}
