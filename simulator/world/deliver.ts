import { addOnEvents } from '../events/add-on.ts';
import { classicEvents } from '../events/classic.ts';
import type { Happening } from '../events/happening.ts';
import type { Book } from './book.ts';
import type { Cast } from './cast.ts';
import type { WorldOptions } from './options.ts';
import { userNameOf } from './people.ts';
import type { StoredMessage, StoredSpace } from './state.ts';
import type { Moment } from './ticker.ts';

/** Tells the app what happened, as Chat would. Resolves to whether Chat tells it at all. */
export type Deliver = (happening: Happening) => Promise<boolean>;

export function createDeliver({
  publish,
  topic,
  dialect,
}: Pick<WorldOptions, 'publish' | 'topic' | 'dialect'>): Deliver {
  return async (happening) => {
    const dialects = {
      classic: classicEvents(happening),
      'add-on': addOnEvents(happening, topic),
    };
    const events = dialects[dialect()];
    for (const data of events) await publish({ data, dialects });
    return events.length > 0;
  };
}

/** What everybody who changes the world works with. */
export interface Workshop {
  book: Book;
  cast: Cast;
  deliver: Deliver;
}

/** A written message as something that happened; undefined when it is none of the app's business. */
export function messageHappening(
  { cast }: Workshop,
  space: StoredSpace,
  message: StoredMessage,
  now: Moment,
): Happening | undefined {
  const person = cast.person(message.resource.sender.name);
  const app = userNameOf(cast.app);
  if (person === undefined || !space.members.includes(app)) return undefined;
  const concernsApp = space.resource.singleUserBotDm === true || mentions(message, app);
  return concernsApp ? { kind: 'message', person, space, message, now } : undefined;
}

function mentions({ resource }: StoredMessage, userName: string): boolean {
  return (resource.annotations ?? []).some(
    ({ userMention }) => userMention?.user?.name === userName,
  );
}
