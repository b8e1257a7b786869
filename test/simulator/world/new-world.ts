import assert from 'node:assert/strict';
import type { Dialect } from '../../../simulator/events/happening.ts';
import { noSnapshot, type Snapshot } from '../../../simulator/snapshot.ts';
import type { ChatWorld } from '../../../simulator/world/chat-world.ts';
import { createWorld } from '../../../simulator/world/create-world.ts';
import { ANA, BRUNO, ECHO, POSTERN, userNameOf } from '../../../simulator/world/people.ts';

export const ana = userNameOf(ANA);
export const bruno = userNameOf(BRUNO);
export const postern = userNameOf(POSTERN);
export const echo = userNameOf(ECHO);

/** Where the app's events go: in the dialect of add-ons also what a button calls. */
export const TOPIC = 'projects/p/topics/postern';

export interface NewWorld {
  world: ChatWorld;
  /** What was published, as it arrives at the other end of Pub/Sub, oldest first. */
  events: unknown[];
  room: string;
  /** Ana's direct message with Postern. */
  dm: string;
}

/** A world whose clock stands still: in July 2026, unless another time is said in milliseconds. */
export function newWorld({
  dialect = 'classic',
  snapshot = noSnapshot(),
  now = Date.UTC(2026, 6, 30, 12),
}: {
  dialect?: Dialect;
  snapshot?: Snapshot;
  now?: number;
} = {}): NewWorld {
  const events: unknown[] = [];
  const world = createWorld({
    snapshot,
    clock: () => now,
    topic: TOPIC,
    publish: ({ data }) => void events.push(JSON.parse(JSON.stringify(data))),
    dialect: () => dialect,
    app: { slashCommands: [{ id: 1, name: 'help' }], quickCommands: [{ id: 7, name: 'Status' }] },
  });
  return { world, events, room: spaceOf(world, 'SPACE'), dm: spaceOf(world, 'DIRECT_MESSAGE') };
}

function spaceOf(world: ChatWorld, type: string): string {
  const space = world.spaces().find(({ resource }) => resource.spaceType === type);
  assert.ok(space);
  return space.resource.name;
}
