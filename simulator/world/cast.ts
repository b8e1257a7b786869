import type { ConfiguredCommand, SimulatedApp, SimulatedPerson } from '../world.ts';
import type { WorldOptions } from './options.ts';
import {
  ANA,
  appAsUser,
  BRUNO,
  type ChatUser,
  ECHO,
  POSTERN,
  personAsUser,
  userNameOf,
} from './people.ts';

/** Who there is: two colleagues and whoever joins them, the app under test, and another one. */
export interface Cast {
  /** Always as they are now. */
  readonly people: readonly SimulatedPerson[];
  readonly app: SimulatedApp;
  readonly otherApp: SimulatedApp;
  readonly slashCommands: readonly ConfiguredCommand[];
  readonly quickCommands: readonly ConfiguredCommand[];
  readonly users: readonly ChatUser[];
  /** Adds a person, or changes the one with this id. */
  setPerson(person: SimulatedPerson): void;
  person(userName: string): SimulatedPerson | undefined;
  /** Also by the aliases that the API takes: `users/{e-mail}`, and `users/app` for the app itself. */
  user(nameOrAlias: string): ChatUser | undefined;
}

export function createCast({
  slashCommands,
  quickCommands,
  ...app
}: WorldOptions['app'] = {}): Cast {
  const people = [ANA, BRUNO];
  const underTest = { ...POSTERN, ...app };
  const apps = [underTest, ECHO].map(appAsUser);
  const users = (): ChatUser[] => [...people.map(personAsUser), ...apps];
  return {
    people,
    app: underTest,
    otherApp: ECHO,
    slashCommands: slashCommands ?? [],
    quickCommands: quickCommands ?? [],
    get users() {
      return users();
    },
    setPerson(person) {
      const known = people.findIndex(({ id }) => id === person.id);
      people.splice(known === -1 ? people.length : known, 1, person);
    },
    person: (userName) => people.find((person) => userNameOf(person) === userName),
    user(nameOrAlias) {
      const name = nameOrAlias === 'users/app' ? userNameOf(underTest) : nameOrAlias;
      return users().find((user) => user.name === name || `users/${user.email}` === name);
    },
  };
}
