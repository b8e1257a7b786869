import type { chat_v1 } from '@googleapis/chat';
import { createNumbering } from '../world/buttons.ts';
import type { SimulatedMessage, SimulatedSpace, World } from '../world.ts';
import { type ButtonView, buttonViews, type CardView, cardView } from './card-view.ts';
import { readChatMarkup } from './chat-markup.ts';
import { plainText, type Rich } from './rich-text.ts';

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
  /** The display names of those in it. */
  members: string[];
  hasApp: boolean;
  /** Whose display names `@` can be followed by. */
  mentionable: Identity[];
  threads: ThreadView[];
}

/** The first message, and the replies to it. */
export interface ThreadView {
  name: string;
  messages: MessageView[];
}

export interface MessageView {
  name: string;
  sender: { displayName: string; isApp: boolean; isMe: boolean };
  /** The app that posted it for a person; empty for others. */
  via: string;
  /** RFC 3339. */
  createTime: string;
  isEdited: boolean;
  /** Only who looks can see it. */
  isPrivate: boolean;
  body: Rich[];
  cards: CardView[];
  buttons: ButtonView[];
  /** The gist of it in plain text. */
  summary: string;
}

/** @param me `users/{id}`; somebody unknown becomes the first person */
export function viewFor(world: World, me: string): PageView {
  const identities = identitiesOf(world);
  const looker = identities.find(({ name }) => name === me) ?? identities[0];
  const names = namesOf(world);
  const mine = world.spaces().filter(({ members }) => members.includes(looker?.name ?? ''));
  const context = { world, me: looker?.name ?? '', names };
  return {
    me: context.me,
    identities,
    appName: world.app.displayName,
    spaces: mine.map((space) => spaceView(context, space)),
    hasDirectMessage: mine.some(isWithApp) || looker?.isApp === true,
  };
}

interface Context {
  world: World;
  me: string;
  /** Display names by `users/{id}`. */
  names: ReadonlyMap<string, string>;
}

function identitiesOf({ people, otherApp }: World): Identity[] {
  return [
    ...people.map(({ id, displayName }) => ({ name: `users/${id}`, displayName, isApp: false })),
    { name: `users/${otherApp.id}`, displayName: otherApp.displayName, isApp: true },
  ];
}

function namesOf({ people, app, otherApp }: World): ReadonlyMap<string, string> {
  return new Map(
    [...people, app, otherApp].map(({ id, displayName }) => [`users/${id}`, displayName]),
  );
}

function isWithApp({ resource }: SimulatedSpace): boolean {
  return resource.singleUserBotDm === true;
}

function spaceView(context: Context, space: SimulatedSpace): SpaceView {
  const { world, names } = context;
  const { resource, members } = space;
  const name = resource.name ?? '';
  const isDirect = resource.spaceType === 'DIRECT_MESSAGE';
  return {
    name,
    title: isDirect ? directTitle(context, space) : (resource.displayName ?? name),
    isDirect,
    members: members.map((member) => names.get(member) ?? member),
    hasApp: members.includes(`users/${world.app.id}`),
    mentionable: mentionable(context, members, isDirect),
    threads: threadViews(context, name),
  };
}

/** Members, and in a room the apps that are not there yet: mentioning one adds it. */
function mentionable(
  { world, me }: Context,
  members: readonly string[],
  isDirect: boolean,
): Identity[] {
  const app = { name: `users/${world.app.id}`, displayName: world.app.displayName, isApp: true };
  return [...identitiesOf(world), app].filter(
    ({ name, isApp }) => name !== me && (members.includes(name) || (isApp && !isDirect)),
  );
}

function threadViews(context: Context, space: string): ThreadView[] {
  const messages = context.world.messagesSeenBy(context.me, space);
  const threads = Map.groupBy(messages, ({ resource }) => resource.thread?.name ?? '');
  return [...threads].map(([name, found]) => ({
    name,
    messages: found.map((message) => messageView(context, message)),
  }));
}

/** Whom one talks to, also while the app is removed. */
function directTitle({ world, me, names }: Context, { resource, members }: SimulatedSpace): string {
  if (resource.singleUserBotDm === true) return world.app.displayName;
  const others = members.filter((member) => member !== me);
  return others.map((member) => names.get(member) ?? member).join(', ');
}

function messageView(
  { me, names }: Context,
  { resource, via, seenBy }: SimulatedMessage,
): MessageView {
  const { sender, text, formattedText, annotations, cardsV2, accessoryWidgets } = resource;
  const isApp = sender?.type === 'BOT';
  const nthOf = createNumbering();
  const cards = (cardsV2 ?? []).map(({ card }) => cardView(card ?? {}, nthOf));
  const accessory = (accessoryWidgets ?? []).flatMap((widget) => widget.buttonList?.buttons ?? []);
  const body = readChatMarkup(formattedText ?? text ?? '', {
    nameOf: (userName) => names.get(userName),
    named: mentionedApps(annotations),
  });
  return {
    name: resource.name ?? '',
    sender: {
      displayName: sender?.displayName ?? names.get(sender?.name ?? '') ?? 'Somebody',
      isApp,
      isMe: sender?.name === me,
    },
    via: via === undefined || isApp ? '' : (names.get(`users/${via}`) ?? via),
    createTime: resource.createTime ?? '',
    isEdited: Boolean(resource.lastUpdateTime) && resource.lastUpdateTime !== resource.createTime,
    isPrivate: seenBy !== undefined || Boolean(resource.privateMessageViewer?.name),
    body,
    cards,
    buttons: buttonViews(accessory, nthOf),
    summary: plainText(body) || cards[0]?.title || 'A card',
  };
}

/** Chat's formatted text mentions people by id and apps by name. Longer names first: "Postern Beta" is not "Postern". */
function mentionedApps(annotations: chat_v1.Schema$Annotation[] | undefined): string[] {
  return (annotations ?? [])
    .flatMap(({ userMention }) => userMention?.user?.displayName ?? [])
    .toSorted((one, other) => other.length - one.length);
}
