import { createHash } from 'node:crypto';
import {
  type Interaction,
  interaction,
  type ParsedEvent,
} from '../../src/lib/interactions/interaction.ts';
import { requestId, spaceName, userName } from '../../src/lib/names.ts';

export const ANA = userName.parse('users/101');
export const BO = userName.parse('users/202');
export const ROOM = spaceName.parse('spaces/ROOM');
export const OTHER_ROOM = spaceName.parse('spaces/OTHER');
export const GROUP = spaceName.parse('spaces/GROUP');
export const DM = spaceName.parse('spaces/DM');
/** The room that a request makes. */
export const NEW = spaceName.parse('spaces/NEW');

const KINDS = {
  [ROOM]: 'room',
  [OTHER_ROOM]: 'room',
  [GROUP]: 'group',
  [DM]: 'dm',
  [NEW]: 'room',
} as const;

export interface Told {
  /** Tells requests apart. */
  id?: string;
  person?: string;
  space?: keyof typeof KINDS;
  timeZone?: string;
  /** A BCP 47 tag. */
  locale?: string;
  /** In milliseconds since the epoch. */
  eventTime?: number;
  displayName?: string;
  /** Whom the words mention, and what they are without the mentions. */
  mentions?: readonly (string | { name: string; displayName: string })[];
  words?: string;
  email?: string;
  /** What was written, with formatting; the same words unless told. */
  markup?: string;
}

export const idOf = (text: string) =>
  requestId.parse(createHash('sha256').update(text).digest('hex'));

function interactionOf(told: Told, deed: object): Interaction {
  const { id = 'one', person = ANA, space = ROOM, displayName = 'Ana' } = told;
  const { email, timeZone, locale, eventTime } = told;
  return interaction.parse({
    requestId: idOf(id),
    dialect: 'classic',
    person: { name: person, displayName, ...(email === undefined ? {} : { email }) },
    space: { name: space, kind: KINDS[space] },
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(locale === undefined ? {} : { locale }),
    ...(eventTime === undefined ? {} : { eventTime }),
    ...deed,
  });
}

/** What a person wrote to the app, in a thread. */
function written(
  argument: string,
  { space = ROOM, mentions, words, markup = argument }: Told = {},
) {
  return {
    thread: `${space}/threads/T1`,
    argument,
    markup,
    ...(mentions === undefined
      ? {}
      : { mentions: mentions.map((one) => (typeof one === 'string' ? { name: one } : one)) }),
    ...(words === undefined ? {} : { words }),
  };
}

/** A mention, or a message in a direct message. */
export const says = (words: string, told: Told = {}): Interaction =>
  interactionOf(told, { kind: 'message', message: written(words, told) });

/** A slash command, or a quick command when there are no words. */
export const commands = (id: number, words: string | undefined, told: Told = {}): Interaction =>
  interactionOf(told, {
    kind: 'command',
    command: { id, type: words === undefined ? 'quick' : 'slash' },
    ...(words === undefined ? {} : { message: written(words, told) }),
  });

export const added = (words: string | undefined, told: Told = {}): Interaction =>
  interactionOf(told, {
    kind: 'added',
    ...(words === undefined ? {} : { message: written(words, told) }),
  });

export const removed = (told: Told = {}): Interaction => interactionOf(told, { kind: 'removed' });

/** A button of a card in the space. */
export const clicks = (
  told: Told & { parameters?: Record<string, string>; card?: string } = {},
): Interaction => {
  const { space = ROOM, parameters = {}, card = `${space}/messages/CARD` } = told;
  const click = { kind: 'click', action: 'unheard-of', parameters, card };
  return interactionOf(told, { ...click, thread: `${space}/threads/T1` });
};

export const event = (interaction: Interaction): ParsedEvent => ({
  outcome: 'interaction',
  interaction,
});
