import { openBook } from './book.ts';
import { createCalls } from './calls.ts';
import { createCast } from './cast.ts';
import type { ChatWorld } from './chat-world.ts';
import { createDeliver } from './deliver.ts';
import { createGathering } from './gathering.ts';
import { createHosting } from './hosting.ts';
import { createMembership } from './membership.ts';
import type { WorldOptions } from './options.ts';
import { ANA, BRUNO } from './people.ts';
import { createPressing } from './pressing.ts';
import { newDirectMessage, newRoom } from './spaces.ts';
import type { StoredMessage } from './state.ts';
import { createWebhooks } from './webhooks.ts';
import { createWriting } from './writing.ts';

/**
 * A Workspace with two people, Postern and another app: a room with both people and Postern in it, and Ana's direct message
 * with Postern. What people do to Postern is handed to `publish`.
 *
 * @throws z.ZodError when the snapshot holds something else than a world
 */
export function createWorld(options: WorldOptions): ChatWorld {
  const cast = createCast(options.app);
  const book = openBook(options.snapshot, options.clock, (now) => [
    newRoom('Launch party', [ANA, BRUNO], [cast.app], now()),
    newDirectMessage(ANA, cast.app, now()),
  ]);
  const workshop = { book, cast, deliver: createDeliver(options) };
  const membership = createMembership(workshop);
  const gathering = createGathering(workshop, membership);
  const messages = (space: string): StoredMessage[] => [...(book.space(space)?.messages ?? [])];

  return {
    people: cast.people,
    app: cast.app,
    otherApp: cast.otherApp,
    commands: { slash: cast.slashCommands, quick: cast.quickCommands },
    spaces: () => [...book.spaces],
    space: book.space,
    messages,
    messagesSeenBy: (userName, space) =>
      book.space(space)?.members.includes(userName)
        ? messages(space).filter(({ seenBy }) => seenBy === undefined || seenBy === userName)
        : [],
    setPerson(person) {
      cast.setPerson(person);
      book.changed();
    },
    onChange: book.onChange,
    ...createWriting(workshop, membership),
    ...createPressing(workshop),
    addApp: membership.addApp,
    removeApp: membership.removeApp,
    openDirectMessage: membership.openDirectMessage,
    ...createCalls(workshop),
    ...createWebhooks(workshop),
    ...gathering,
    ...createHosting(workshop, membership, gathering),
  };
}
