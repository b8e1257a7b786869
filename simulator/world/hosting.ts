import type { SimulatedPerson } from '../world.ts';
import type { ChatWorld } from './chat-world.ts';
import type { Workshop } from './deliver.ts';
import { createEntrance, ImpossibleAction } from './entrance.ts';
import type { Gathering } from './gathering.ts';
import type { Membership } from './membership.ts';
import { personAsUser } from './people.ts';
import { countPeople } from './spaces.ts';
import type { StoredSpace } from './state.ts';

/** The longest name of a space (its description in the Chat API). */
const MAX_NAME = 128;

/** What people do in Chat with spaces and the people in them. */
export type Hosting = Pick<ChatWorld, 'createSpace' | 'addPerson' | 'removePerson'>;

export function createHosting(
  workshop: Workshop,
  { addApp }: Pick<Membership, 'addApp'>,
  { join, setUp }: Pick<Gathering, 'join' | 'setUp'>,
): Hosting {
  const { book, cast } = workshop;
  const { enterAsPerson } = createEntrance(workshop);

  return {
    async createSpace(creatorName, { displayName, people, withApp }) {
      const creator = personAsUser(findPerson(creatorName));
      const name = displayName.trim();
      checkName(name);
      for (const one of people) findPerson(one);
      const space = setUp({ displayName: name, creator, people });
      if (withApp) await addApp(creator.name, space.resource.name);
      return space;
    },

    async addPerson(by, spaceName, newcomerName) {
      const { space, person } = enterRoom(by, spaceName);
      const newcomer = findPerson(newcomerName);
      if (space.members.includes(newcomerName)) {
        throw new ImpossibleAction(`${newcomer.displayName} is there already`);
      }
      await join(space, personAsUser(newcomer), personAsUser(person));
    },

    removePerson(by, spaceName, leaverName) {
      const { space } = enterRoom(by, spaceName);
      const leaver = findPerson(leaverName);
      if (!space.members.includes(leaverName)) {
        throw new ImpossibleAction(`${leaver.displayName} isn’t there`);
      }
      space.members = space.members.filter((member) => member !== leaverName);
      countPeople(space, cast);
      book.changed();
    },
  };

  function enterRoom(by: string, name: string): { space: StoredSpace; person: SimulatedPerson } {
    const entered = enterAsPerson(by, name);
    if (entered.space.resource.spaceType !== 'SPACE') {
      throw new ImpossibleAction('Nobody else comes into a direct message, and nobody leaves it');
    }
    return entered;
  }

  function findPerson(userName: string): SimulatedPerson {
    const person = cast.person(userName);
    if (person === undefined) throw new ImpossibleAction(`There is no person ${userName}`);
    return person;
  }

  function checkName(name: string): void {
    if (name === '') throw new ImpossibleAction('The space needs a name');
    if (name.length > MAX_NAME) {
      throw new ImpossibleAction(`The name is longer than ${MAX_NAME} characters`);
    }
    if (book.spaces.some(({ resource }) => resource.displayName === name)) {
      throw new ImpossibleAction(`There is a space called “${name}” already`);
    }
  }
}
