import type { chat_v1 } from '@googleapis/chat';
import type { DeletedMessage, SimulatedMessage } from '../world.ts';
import { type ButtonView, createButtonViews } from './button-view.ts';
import { type CardView, cardView } from './card-view.ts';
import { readChatMarkup } from './chat-markup.ts';
import type { Context } from './context.ts';
import { plainText, type Rich } from './rich-text.ts';

export interface MessageView {
  name: string;
  sender: SenderView;
  /** The app that posted it for a person; empty for others. */
  via: string;
  /** RFC 3339. */
  createTime: string;
  isEdited: boolean;
  /** Only who looks can see it. */
  isPrivate: boolean;
  /** All that is left is that there was one. */
  isDeleted: boolean;
  /** It follows another one of the same author. */
  continues: boolean;
  body: Rich[];
  cards: CardView[];
  buttons: ButtonView[];
  /** The gist of it in plain text. */
  summary: string;
}

export interface SenderView {
  name: string;
  displayName: string;
  isApp: boolean;
  isMe: boolean;
}

export function messageView({ me, names }: Context, message: SimulatedMessage): MessageView {
  const { resource, via, seenBy } = message;
  const { sender, text, formattedText, annotations, cardsV2, accessoryWidgets } = resource;
  const isApp = sender?.type === 'BOT';
  const viewButtons = createButtonViews(resource);
  const cards = (cardsV2 ?? []).map(({ card }) => cardView(card ?? {}, viewButtons));
  const accessory = (accessoryWidgets ?? []).flatMap((widget) => widget.buttonList?.buttons ?? []);
  const body = readChatMarkup(formattedText ?? text ?? '', {
    nameOf: (userName) => names.get(userName),
    named: mentionedApps(annotations),
  });
  return {
    name: resource.name ?? '',
    sender: {
      name: sender?.name ?? '',
      displayName: sender?.displayName ?? names.get(sender?.name ?? '') ?? 'Somebody',
      isApp,
      isMe: sender?.name === me,
    },
    via: via === undefined || isApp ? '' : (names.get(`users/${via}`) ?? via),
    createTime: resource.createTime ?? '',
    isEdited: Boolean(resource.lastUpdateTime) && resource.lastUpdateTime !== resource.createTime,
    isPrivate: seenBy !== undefined || Boolean(resource.privateMessageViewer?.name),
    isDeleted: false,
    continues: false,
    body,
    cards,
    buttons: viewButtons(accessory),
    summary: plainText(body) || cards[0]?.title || 'A card',
  };
}

export function deletedView({ me, world, names }: Context, message: DeletedMessage): MessageView {
  const { name, sender, createTime } = message;
  return {
    name,
    sender: {
      name: sender,
      displayName: names.get(sender) ?? 'Somebody',
      isApp: !world.people.some(({ id }) => `users/${id}` === sender),
      isMe: sender === me,
    },
    via: '',
    createTime,
    isEdited: false,
    isPrivate: false,
    isDeleted: true,
    continues: false,
    body: [],
    cards: [],
    buttons: [],
    summary: 'Message deleted by its author',
  };
}

/** Chat's formatted text mentions people by id and apps by name. Longer names first: "Postern Beta" is not "Postern". */
function mentionedApps(annotations: chat_v1.Schema$Annotation[] | undefined): string[] {
  return (annotations ?? [])
    .flatMap(({ userMention }) => userMention?.user?.displayName ?? [])
    .toSorted((one, other) => other.length - one.length);
}
