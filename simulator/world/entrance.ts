import type { SimulatedPerson } from '../world.ts';
import type { Workshop } from './deliver.ts';
import type { ChatUser } from './people.ts';
import type { StoredSpace } from './state.ts';

/** Somebody tried what Chat's page would not let them do. */
export class ImpossibleAction extends Error {
  override readonly name = 'ImpossibleAction';
}

/** Lets only members into a space. @throws ImpossibleAction */
export interface Entrance {
  enter(userName: string, space: string): { space: StoredSpace; user: ChatUser };
  enterAsPerson(userName: string, space: string): { space: StoredSpace; person: SimulatedPerson };
}

export function createEntrance({ book, cast }: Pick<Workshop, 'book' | 'cast'>): Entrance {
  const enter: Entrance['enter'] = (userName, spaceName) => {
    const space = book.space(spaceName);
    const user = cast.users.find(({ name }) => name === userName);
    if (user === undefined || !space?.members.includes(userName)) {
      throw new ImpossibleAction(`${userName} is not in ${spaceName}`);
    }
    return { space, user };
  };
  return {
    enter,
    enterAsPerson(userName, spaceName) {
      const { space } = enter(userName, spaceName);
      const person = cast.person(userName);
      if (person === undefined) throw new ImpossibleAction(`${userName} is no person`);
      return { space, person };
    },
  };
}
