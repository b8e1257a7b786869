import type { ConfiguredCommand, SimulatedSpace, World } from '../world.ts';
import type { Context } from './context.ts';
import { type ThreadView, threadViews } from './thread-view.ts';

/** Everything the page shows, as one person or app sees it. */
export interface PageView {
  /** Who looks: `users/{id}`. */
  me: string;
  /** Whom one can be. */
  identities: Identity[];
  /** The app under test. */
  appName: string;
  spaces: SpaceView[];
  /** Whether there is a direct message with the app yet. */
  hasDirectMessage: boolean;
}

export interface Identity {
  name: string;
  displayName: string;
  isApp: boolean;
}

export interface SpaceView {
  name: string;
  title: string;
  isDirect: boolean;
  /** Those in it. */
  members: Identity[];
  /** The people who aren't. */
  absent: Identity[];
  hasApp: boolean;
  /** Whose display names `@` can be followed by. */
  mentionable: Identity[];
  /** What `/` can be followed by. */
  commands: CommandView[];
  threads: ThreadView[];
}

export interface CommandView {
  kind: 'slash' | 'quick';
  id: number;
  /** Without the slash. */
  name: string;
  description: string;
}

/** @param me `users/{id}`; somebody unknown becomes the first person */
export function viewFor(world: World, me: string): PageView {
  const identities = identitiesOf(world);
  const looker = identities.find(({ name }) => name === me) ?? identities[0];
  const mine = world.spaces().filter(({ members }) => members.includes(looker?.name ?? ''));
  const context = { world, me: looker?.name ?? '', names: namesOf(world) };
  return {
    me: context.me,
    identities,
    appName: world.app.displayName,
    spaces: mine.map((space) => spaceView(context, space)),
    hasDirectMessage: mine.some(isWithApp) || looker?.isApp === true,
  };
}

/** Whom one can be on the page: the app under test is itself. */
function identitiesOf({ people, otherApp }: World): Identity[] {
  return [
    ...people.map(({ id, displayName }) => ({ name: `users/${id}`, displayName, isApp: false })),
    { name: `users/${otherApp.id}`, displayName: otherApp.displayName, isApp: true },
  ];
}

function everybody(world: World): Identity[] {
  const { id, displayName } = world.app;
  return [...identitiesOf(world), { name: `users/${id}`, displayName, isApp: true }];
}

function namesOf(world: World): ReadonlyMap<string, string> {
  return new Map(everybody(world).map(({ name, displayName }) => [name, displayName]));
}

function isWithApp({ resource }: SimulatedSpace): boolean {
  return resource.singleUserBotDm === true;
}

function spaceView(context: Context, space: SimulatedSpace): SpaceView {
  const { world } = context;
  const { resource, members } = space;
  const name = resource.name ?? '';
  const isDirect = resource.spaceType === 'DIRECT_MESSAGE';
  const all = everybody(world);
  const isThere = (identity: Identity): boolean => members.includes(identity.name);
  return {
    name,
    title: isDirect ? directTitle(context, space) : (resource.displayName ?? name),
    isDirect,
    members: members.flatMap((member) => all.find((identity) => identity.name === member) ?? []),
    absent: all.filter((identity) => !identity.isApp && !isThere(identity)),
    hasApp: members.includes(`users/${world.app.id}`),
    mentionable: mentionable(context, members, isDirect),
    commands: commandViews(context, members),
    threads: threadViews(context, space),
  };
}

/** Members, and in a room the apps that are not there yet: mentioning one adds it. */
function mentionable(
  { world, me }: Context,
  members: readonly string[],
  isDirect: boolean,
): Identity[] {
  return everybody(world).filter(
    ({ name, isApp }) => name !== me && (members.includes(name) || (isApp && !isDirect)),
  );
}

/** Only people have commands, and only where the app is. */
function commandViews({ world, me }: Context, members: readonly string[]): CommandView[] {
  const isPerson = world.people.some(({ id }) => `users/${id}` === me);
  if (!isPerson || !members.includes(`users/${world.app.id}`)) return [];
  const { slash, quick } = world.commands;
  return [
    ...slash.map((command) => commandView('slash', command)),
    ...quick.map((command) => commandView('quick', command)),
  ];
}

function commandView(
  kind: CommandView['kind'],
  { id, name, description = '' }: ConfiguredCommand,
): CommandView {
  return { kind, id, name, description };
}

/** Whom one talks to, also while the app is removed. */
function directTitle({ world, me, names }: Context, { resource, members }: SimulatedSpace): string {
  if (resource.singleUserBotDm === true) return world.app.displayName;
  const others = members.filter((member) => member !== me);
  return others.map((member) => names.get(member) ?? member).join(', ');
}
