import type { SimulatedPerson, World } from '../world.ts';
import type { Workshop } from './deliver.ts';
import { createEntrance, ImpossibleAction } from './entrance.ts';
import { userNameOf } from './people.ts';
import { newDirectMessage } from './spaces.ts';
import type { StoredSpace } from './state.ts';

/** How the app comes into spaces and leaves them. */
export type Membership = Pick<World, 'addApp' | 'removeApp'> & {
  openDirectMessage(userName: string): Promise<StoredSpace>;
  /** A direct message that the app was removed from: whoever writes there adds it again. */
  returnTo(space: StoredSpace, person: SimulatedPerson): Promise<void>;
};

export function createMembership(workshop: Workshop): Membership {
  const { book, cast, deliver } = workshop;
  const { enterAsPerson } = createEntrance(workshop);
  const app = userNameOf(cast.app);

  const add = async (person: SimulatedPerson, space: StoredSpace): Promise<void> => {
    if (space.members.includes(app)) return;
    space.members.push(app);
    book.changed();
    await deliver({ kind: 'added', person, space, now: book.now() });
  };

  return {
    async addApp(userName, spaceName) {
      const { space, person } = enterAsPerson(userName, spaceName);
      await add(person, space);
    },

    async removeApp(userName, spaceName) {
      const { space, person } = enterAsPerson(userName, spaceName);
      if (!space.members.includes(app)) return;
      space.members = space.members.filter((member) => member !== app);
      book.changed();
      await deliver({ kind: 'removed', person, space, now: book.now() });
    },

    async openDirectMessage(userName) {
      const person = cast.person(userName);
      if (person === undefined) throw new ImpossibleAction(`There is no person ${userName}`);
      const existing = book.spaces.find(
        ({ resource, members }) => resource.singleUserBotDm === true && members.includes(userName),
      );
      if (existing !== undefined) return existing;
      const now = book.now();
      const space = newDirectMessage(person, cast.app, now);
      book.spaces.push(space);
      book.changed();
      await deliver({ kind: 'added', person, space, now });
      return space;
    },

    async returnTo(space, person) {
      if (space.resource.singleUserBotDm === true) await add(person, space);
    },
  };
}
