import type { chat_v1 } from '@googleapis/chat';
import type { MessageName, RequestId, SpaceName, ThreadName, UserName } from '../names.ts';

/** A card of Chat's cards v2, as the API takes it. */
export type Card = chat_v1.Schema$GoogleAppsCardV1Card;

/** A button on a card. */
export type Button = chat_v1.Schema$GoogleAppsCardV1Button;

/**
 * What makes a repeated create harmless: both of Chat's own identifiers are derived from it and from who acts, so that a
 * repeat, however late, finds the first message.
 */
export interface Step {
  requestId: RequestId;
  /** Which of the request's messages it is. */
  step: string;
  /** What it is the message of, in its space: a later request with the same key finds it, and can change it. */
  key?: string | undefined;
}

export interface Posted {
  name: MessageName;
  /**
   * True when it stands there since an earlier attempt, or an earlier request with the same key, and may say something else.
   * Not for a repeat of what it says.
   */
  already: boolean;
}

/** A thread by a key of our own: found or made. Private to whoever posts, the app or a webhook; 4000 characters at most. */
export interface ThreadKey {
  key: string;
}

/** A message of the app itself. */
export interface AppMessage {
  text?: string;
  card?: Card;
  thread?: ThreadName | ThreadKey | undefined;
  /** Only this person sees it. Not needed in a direct message. */
  privateTo?: UserName;
}

/** A message of a person. Chat takes text only from people. */
export interface PersonMessage {
  text: string;
  thread?: ThreadName | undefined;
}

/** Somebody in a space. */
export interface Member {
  name: UserName;
  kind: 'person' | 'app';
  /** Chosen by themselves, and not always told. */
  displayName: string | undefined;
}

/** What a button brings back when it is pressed. */
export type ButtonParameters = Readonly<Record<string, string>>;

/** Every call is retried within `signal`'s life, then throws `ChatError`. */
export interface ChatAsApp {
  createMessage(
    space: SpaceName,
    message: AppMessage,
    step: Step,
    signal: AbortSignal,
  ): Promise<Posted>;

  /** Replaces the content of one of the app's own messages. */
  patchMessage(
    name: MessageName,
    content: { text?: string; card?: Card },
    signal: AbortSignal,
  ): Promise<void>;

  /** Changes the text of one of the app's own messages, and nothing else of it. */
  updateText(name: MessageName, text: string, signal: AbortSignal): Promise<void>;

  /** The parameters of the buttons on one of the app's own messages, as it stands now: a card's memory. */
  readButtons(name: MessageName, signal: AbortSignal): Promise<readonly ButtonParameters[]>;

  /** The direct message between the app and a person, if there is one. */
  findDirectMessage(user: UserName, signal: AbortSignal): Promise<SpaceName | undefined>;

  /** Who has joined the space. Chat tells an app about people only (the reference of `spaces.members.list`). */
  listMembers(space: SpaceName, signal: AbortSignal): Promise<readonly Member[]>;
}

/** Whom a membership is for: a person, or the app itself. */
export type Newcomer = UserName | 'app';

export interface NewSpace {
  displayName: string;
  /** Beside the person who makes it; at most {@link MAX_OTHERS}. */
  people: readonly UserName[];
}

export interface MadeSpace {
  name: SpaceName;
  /** In the browser. */
  address: URL;
}

/** How many people a new space may have beside the one who makes it (the reference of `spaces.setup`). */
export const MAX_OTHERS = 49;

/** How long a space's name may be, in characters (the reference of `Space.displayName`). */
export const MAX_SPACE_NAME = 128;

/** Chat with one person's credentials. Every call is retried within `signal`'s life, then throws `ChatError`. */
export interface ChatAsPerson {
  createMessage(
    space: SpaceName,
    message: PersonMessage,
    step: Step,
    signal: AbortSignal,
  ): Promise<Posted>;

  /** Changes the text of one of the person's own messages. Takes a restricted scope. */
  updateText(name: MessageName, text: string, signal: AbortSignal): Promise<void>;

  /** Who has joined the space: people and apps. */
  listMembers(space: SpaceName, signal: AbortSignal): Promise<readonly Member[]>;

  /**
   * Adds somebody to a space. Depending on their settings, a person is only invited. `here`: they were there already, be it
   * by an earlier attempt.
   */
  createMembership(
    space: SpaceName,
    newcomer: Newcomer,
    signal: AbortSignal,
  ): Promise<'added' | 'invited' | 'here'>;

  /**
   * Makes a named space, once per step. People whom the person may not add are left out by Chat without a word.
   *
   * @throws ChatError `chat_already_exists` when Chat wants another name
   */
  setUpSpace(space: NewSpace, step: Step, signal: AbortSignal): Promise<MadeSpace>;
}

/** The Chat API, for each kind of principal. */
export interface Chat {
  readonly asApp: ChatAsApp;
  asPerson(user: UserName, accessToken: string): ChatAsPerson;
}
