import type { Backlog } from '../../simulator/pubsub/backlog.ts';
import type { StoredMessage } from '../../simulator/world/state.ts';
import type { SimulatedPerson } from '../../simulator/world.ts';
import type { History } from './history.ts';
import type { Laboratory } from './laboratory.ts';
import type { Person } from './schedule.ts';

/** What is known of a run from outside of Postern: from people, from Chat, and from Pub/Sub. */
export interface Evidence {
  history: History;
  people: Readonly<Record<Person, SimulatedPerson>>;
  /** Of all rooms, the private ones included. */
  messages: readonly (StoredMessage & { space: string })[];
  /** How many events were published. */
  published: number;
  backlog: Backlog;
}

/** As it is now. */
export function evidenceOf(laboratory: Laboratory, history: History): Evidence {
  const { stage, people, rooms, published } = laboratory;
  const { world, pubsub, subscription } = stage.google;
  return {
    history,
    people,
    messages: rooms.flatMap((space) =>
      world.messages(space).map((message) => ({ ...message, space })),
    ),
    published: published.length,
    backlog: pubsub.backlog(subscription),
  };
}
