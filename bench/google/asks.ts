import { personAsUser } from '../../simulator/world/people.ts';
import type { SimulatedPerson } from '../../simulator/world.ts';

/** One event of the benchmark: who asks for a post, and where. */
export interface Ask {
  /** Unique in a run. The text of the event and of the post carries it, so that the two can be told to belong together. */
  number: number;
  person: number;
  space: number;
}

const TEXT = /^event (\d+)$/;

const spaceNameOf = (space: number): string => `spaces/bench${space}`;

export const userNameOf = (person: number): string => `users/${personOf(person).id}`;

/** The number of the event that asked for a post, if it is one of ours. */
export function numberIn(text: unknown): number | undefined {
  const digits = typeof text === 'string' ? TEXT.exec(text)?.[1] : undefined;
  return digits === undefined ? undefined : Number(digits);
}

/**
 * An event in the add-on format with all the fields that a published one has (`simulator/events/add-on.ts`). Made by hand,
 * because the simulator's own needs its whole world.
 *
 */
export function eventOf({ number, person, space }: Ask, now: Date): Buffer {
  const user = personAsUser(personOf(person));
  const time = now.toISOString();
  const text = `event ${number}`;
  const place = {
    name: spaceNameOf(space),
    type: 'ROOM',
    displayName: `Space ${space}`,
    spaceThreadingState: 'THREADED_MESSAGES',
    spaceType: 'SPACE',
    spaceHistoryState: 'HISTORY_ON',
    spaceUri: `https://chat.google.com/room/bench${space}?cls=11`,
  };
  const message = {
    name: `${place.name}/messages/b${number}.b${number}`,
    sender: user,
    createTime: time,
    text: `@Postern ${text}`,
    annotations: [MENTION],
    thread: {
      name: `${place.name}/threads/b${number}`,
      retentionSettings: { state: 'PERMANENT' },
    },
    space: place,
    argumentText: ` ${text}`,
    retentionSettings: { state: 'PERMANENT' },
    messageHistoryState: 'HISTORY_ON',
    formattedText: `<users/103582746190285736401> ${text}`,
    markupSyntax: 'MARKUP_SYNTAX_CHAT',
  };
  const event = {
    commonEventObject: {
      userLocale: 'en',
      hostApp: 'CHAT',
      platform: 'WEB',
      timeZone: { id: 'America/New_York', offset: -18_000_000 },
    },
    chat: {
      user,
      eventTime: time,
      messagePayload: {
        space: place,
        message,
        configCompleteRedirectUri: `https://chat.google.com/api/bot_config_complete?token=bench-${number}`,
      },
    },
  };
  return Buffer.from(JSON.stringify(event));
}

const MENTION = {
  type: 'USER_MENTION',
  startIndex: 0,
  length: 8,
  userMention: {
    user: {
      name: 'users/103582746190285736401',
      displayName: 'Postern',
      avatarUrl: 'https://lh3.googleusercontent.com/a/simulated-103582746190285736401',
      type: 'BOT',
    },
    type: 'MENTION',
  },
};

function personOf(person: number): SimulatedPerson {
  const id = String(100_000_000_000_000_000_000n + BigInt(person));
  return {
    id,
    displayName: `Person ${person}`,
    email: `person${person}@example.com`,
    domain: 'example.com',
    locale: 'en',
    timeZone: 'America/New_York',
  };
}
