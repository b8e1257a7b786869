import { PERSONS_CHAT_SCOPES } from '../accounts/scopes.ts';
import { generateSigningKey } from '../accounts/signing-key.ts';
import type { Snapshot } from '../snapshot.ts';
import { appAsUser, ORGANIZATION, POSTERN, personAsUser, userNameOf } from '../world/people.ts';
import { fromJson, type StoredMessage, type StoredSpace } from '../world/state.ts';
import type { SimulatedApp, SimulatedPerson } from '../world.ts';
import {
  interactionOf,
  type RecordedEvent,
  type RecordedMessage,
  type RecordedSpace,
  type RecordedUser,
} from './recorded-event.ts';

/** The world in which an event has happened, by the names that it has there. */
export interface EventWorld {
  app: SimulatedApp;
  /** Everybody whom the event names. */
  people: readonly SimulatedPerson[];
  /** Who did it; absent when the event names nobody. */
  person?: SimulatedPerson | undefined;
  /** Absent when the event names none that could be one. */
  space?: StoredSpace | undefined;
  message?: StoredMessage | undefined;
  /** What the simulated Chat begins with. */
  chat: Snapshot;
}

/** @param now RFC 3339 */
export function worldOf(event: RecordedEvent, now: string): EventWorld {
  const app = appOf(event);
  const people = peopleOf(event, app);
  const person = people.find((one) => userNameOf(one) === event.person?.name);
  if (event.space === undefined) return { app, people, person, chat: snapshotOf(undefined) };
  const around = { app, people, space: event.space.name, now };
  const messages = event.message === undefined ? [] : [messageOf(event, event.message, around)];
  const state = {
    micros: 0,
    spaces: [{ ...spaceOf(event, event.space, around), messages, clientIds: [], threadKeys: [] }],
    requests: [],
  };
  const [space] = fromJson(state).spaces;
  return { app, people, person, space, message: space?.messages[0], chat: snapshotOf(state) };
}

function snapshotOf(state: unknown): Snapshot {
  return { load: () => state, save: () => {} };
}

/** What the simulated accounts begin with: somebody has granted the app everything before. */
export function grantedSnapshot({ id }: SimulatedPerson): Snapshot {
  const state = {
    privateKeyPem: generateSigningKey().privateKeyPem,
    grants: [[id, PERSONS_CHAT_SCOPES]],
    refreshTokens: [],
    accessTokens: [],
  };
  return { load: () => state, save: () => {} };
}

function appOf({ users }: RecordedEvent): SimulatedApp {
  const bot = users.find(({ type }) => type === 'BOT');
  if (bot === undefined) return POSTERN;
  return { id: idOf(bot), displayName: bot.displayName ?? POSTERN.displayName };
}

function peopleOf(event: RecordedEvent, app: SimulatedApp): SimulatedPerson[] {
  const interaction = interactionOf(event);
  const { person } = event;
  return event.users
    .filter((user) => user.type !== 'BOT' && idOf(user) !== app.id)
    .map((user) => {
      const isActor = user.name === person?.name;
      return {
        id: idOf(user),
        displayName: user.displayName || 'Somebody',
        email: user.email || `${idOf(user)}@${ORGANIZATION}`,
        domain: ORGANIZATION,
        ...(isActor && interaction?.locale ? { locale: interaction.locale } : {}),
        ...(isActor && interaction?.timeZone ? { timeZone: interaction.timeZone } : {}),
      };
    });
}

function idOf({ name }: RecordedUser): string {
  return name.slice('users/'.length);
}

interface Around {
  app: SimulatedApp;
  people: readonly SimulatedPerson[];
  /** Its name. */
  space: string;
  now: string;
}

function spaceOf(
  event: RecordedEvent,
  recorded: RecordedSpace,
  { app, people, now }: Around,
): object {
  const isDirect = recorded.spaceType === 'DIRECT_MESSAGE' || recorded.type === 'DM';
  const isGone = interactionOf(event)?.kind === 'removed';
  const here: (string | undefined)[] = [event.person?.name, event.message?.sender?.name];
  const members = people.map(userNameOf).filter((name) => here.includes(name));
  return {
    resource: {
      ...recorded,
      type: isDirect ? 'DM' : 'ROOM',
      spaceType: recorded.spaceType ?? (isDirect ? 'DIRECT_MESSAGE' : 'SPACE'),
      spaceThreadingState: 'THREADED_MESSAGES',
      ...(isDirect
        ? { singleUserBotDm: recorded.singleUserBotDm ?? true }
        : { displayName: recorded.displayName || 'The space of the event' }),
      createTime: now,
    },
    members: isGone ? members : [...members, userNameOf(app)],
  };
}

function messageOf(
  { thread }: RecordedEvent,
  { space: _told, ...recorded }: RecordedMessage,
  { app, people, space, now }: Around,
): object {
  const author = people.find((one) => userNameOf(one) === recorded.sender?.name);
  return {
    resource: {
      ...recorded,
      name: recorded.name ?? `${space}/messages/recorded.recorded`,
      createTime: now,
      sender: author === undefined ? appAsUser(app) : personAsUser(author),
      thread: { name: thread ?? `${space}/threads/recorded` },
    },
    ...(author === undefined ? { via: app.id } : {}),
  };
}
