import type { SpacePlan, World } from '../world.ts';
import type { Content } from './book.ts';
import type { ChatUser } from './people.ts';
import type { StoredMessage, StoredSpace, StoredWebhook } from './state.ts';

/** The thread that a message goes to. */
export type ThreadTarget =
  | { kind: 'new' }
  | { kind: 'reply'; thread: string }
  /** The key of the app, or of the webhook: found or made. */
  | { kind: 'keyed'; key: string };

/** What `spaces.messages.create` brings into the world, checked. */
export interface NewMessage {
  space: string;
  author: ChatUser;
  /** In Chat's markup. */
  text: string;
  content: Omit<Content, 'text' | 'formattedText' | 'argumentText' | 'annotations'>;
  thread: ThreadTarget;
  requestId?: string;
  /** The incoming webhook that it comes by; otherwise the app under test. */
  webhook?: StoredWebhook;
}

/** What `spaces.setup` brings into the world, checked. */
export interface NewSpace {
  displayName: string;
  creator: ChatUser;
  /** `users/{id}` of the others. */
  people: readonly string[];
  requestId?: string | undefined;
}

export type Edit = { text?: string } & Pick<Content, 'cardsV2' | 'accessoryWidgets'>;

/** The world as the Chat API needs it. */
export interface ChatWorld extends World {
  spaces(): StoredSpace[];
  space(name: string): StoredSpace | undefined;
  messages(space: string): StoredMessage[];
  messagesSeenBy(userName: string, space: string): StoredMessage[];
  write(author: string, space: string, text: string, thread?: string): Promise<StoredMessage>;
  openDirectMessage(userName: string): Promise<StoredSpace>;
  createSpace(creator: string, plan: SpacePlan): Promise<StoredSpace>;

  /** Also by the aliases that the API takes: `users/{e-mail}`, and `users/app` for the app itself. */
  user(nameOrAlias: string): ChatUser | undefined;
  /** By the id in its name, or by the client-assigned one. */
  message(space: string, id: string): StoredMessage | undefined;
  hasThread(space: string, thread: string): boolean;
  /** Whether a client-assigned id was ever used in the space. */
  isTaken(space: string, clientId: string): boolean;
  /** What an earlier create with the same `requestId` made, and for whom. */
  madeBy(requestId: string): { principal: string; message: string } | undefined;

  webhooks(): readonly StoredWebhook[];

  /** Posts for the app or a webhook, or through the app for a person; the latter can be an event for the app. */
  post(message: NewMessage): Promise<StoredMessage>;
  edit(message: StoredMessage, edit: Edit): StoredMessage;
  remove(message: StoredMessage): void;

  /** Adds a person, or the app, to a space, for somebody in it. */
  join(space: StoredSpace, newcomer: ChatUser, by: ChatUser): Promise<void>;
  setUp(space: NewSpace): StoredSpace;
  /** What an earlier `spaces.setup` with the same `requestId` made, and for whom. */
  setUpBy(requestId: string): { principal: string; space: string } | undefined;
}
