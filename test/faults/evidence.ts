import type { StoredMessage } from '../../simulator/world/state.ts';
import type { SimulatedPerson } from '../../simulator/world.ts';
import type { History } from './history.ts';
import type { Laboratory } from './laboratory.ts';
import type { Person } from './schedule.ts';

/** What is known of a run from outside of Postern: from people, and from Chat. */
export interface Seen {
  history: History;
  people: Readonly<Record<Person, SimulatedPerson>>;
  /** Of all rooms, the private ones included. */
  messages: readonly (StoredMessage & { space: string })[];
}

/** The same with what Pub/Sub tells in the end. */
export interface Evidence extends Seen {
  /** What is still on the subscription, if anything is. */
  left: string | undefined;
}

/** As it is now. */
export function seenIn({ stage, people, rooms }: Laboratory, history: History): Seen {
  const { world } = stage.google;
  return {
    history,
    people,
    messages: rooms.flatMap((space) =>
      world.messages(space).map((message) => ({ ...message, space })),
    ),
  };
}
