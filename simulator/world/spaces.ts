import type { SimulatedApp, SimulatedPerson } from '../world.ts';
import type { Cast } from './cast.ts';
import { userNameOf } from './people.ts';
import type { StoredSpace } from './state.ts';
import { idOf, type Moment } from './ticker.ts';

/** A named space with threads. */
export function newRoom(
  displayName: string,
  people: readonly SimulatedPerson[],
  apps: readonly SimulatedApp[],
  now: Moment,
): StoredSpace {
  const id = idOf('room', now);
  return {
    resource: {
      name: `spaces/${id}`,
      type: 'ROOM',
      displayName,
      spaceThreadingState: 'THREADED_MESSAGES',
      spaceType: 'SPACE',
      spaceHistoryState: 'HISTORY_ON',
      createTime: now.time,
      lastActiveTime: now.time,
      membershipCount: { joinedDirectHumanUserCount: people.length },
      customer: 'customers/C0simu1at',
      spaceUri: `https://chat.google.com/room/${id}?cls=11`,
    },
    members: [...people, ...apps].map(userNameOf),
    ...nothingWritten(),
  };
}

/** The direct message between a person and an app. */
export function newDirectMessage(
  person: SimulatedPerson,
  app: SimulatedApp,
  now: Moment,
): StoredSpace {
  const id = idOf('dm', now);
  return {
    resource: {
      name: `spaces/${id}`,
      type: 'DM',
      singleUserBotDm: true,
      spaceThreadingState: 'THREADED_MESSAGES',
      spaceType: 'DIRECT_MESSAGE',
      spaceHistoryState: 'HISTORY_ON',
      createTime: now.time,
      lastActiveTime: now.time,
      membershipCount: { joinedDirectHumanUserCount: 1 },
      spaceUri: `https://chat.google.com/dm/${id}?cls=11`,
    },
    members: [userNameOf(person), userNameOf(app)],
    ...nothingWritten(),
  };
}

/** To be called whenever somebody has come or gone. */
export function countPeople(space: StoredSpace, { person }: Pick<Cast, 'person'>): void {
  const people = space.members.filter((member) => person(member) !== undefined);
  space.resource = {
    ...space.resource,
    membershipCount: { joinedDirectHumanUserCount: people.length },
  };
}

function nothingWritten(): Pick<StoredSpace, 'messages' | 'deleted' | 'clientIds' | 'threadKeys'> {
  return { messages: [], deleted: [], clientIds: new Map(), threadKeys: new Map() };
}
