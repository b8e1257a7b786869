import type { SimulatedApp, SimulatedPerson } from '../world.ts';
import type { SlashCommand } from './markup.ts';
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

/** Who there is: two colleagues, the app under test, and another one. */
export interface Cast {
  readonly people: readonly [SimulatedPerson, SimulatedPerson];
  readonly app: SimulatedApp;
  readonly otherApp: SimulatedApp;
  readonly slashCommands: readonly SlashCommand[];
  readonly quickCommands: readonly number[];
  readonly users: readonly ChatUser[];
  person(userName: string): SimulatedPerson | undefined;
  /** Also by the aliases that the API takes: `users/{e-mail}`, and `users/app` for the app itself. */
  user(nameOrAlias: string): ChatUser | undefined;
}

export function createCast({
  slashCommands,
  quickCommands,
  ...app
}: WorldOptions['app'] = {}): Cast {
  const people = [ANA, BRUNO] as const;
  const underTest = { ...POSTERN, ...app };
  const users = [...people.map(personAsUser), appAsUser(underTest), appAsUser(ECHO)];
  return {
    people,
    app: underTest,
    otherApp: ECHO,
    slashCommands: slashCommands ?? [],
    quickCommands: quickCommands ?? [],
    users,
    person: (userName) => people.find((person) => userNameOf(person) === userName),
    user(nameOrAlias) {
      const name = nameOrAlias === 'users/app' ? userNameOf(underTest) : nameOrAlias;
      return users.find((user) => user.name === name || `users/${user.email}` === name);
    },
  };
}
