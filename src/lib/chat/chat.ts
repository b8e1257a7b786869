import type { chat_v1 } from '@googleapis/chat';
import type { MessageName, RequestId, SpaceName, ThreadName, UserName } from '../names.ts';

/** A card of Chat's cards v2, as the API takes it. */
export type Card = chat_v1.Schema$GoogleAppsCardV1Card;

/**
 * What makes a repeated create harmless: both of Chat's own identifiers are derived from it and from who acts, so that a
 * repeat, however late, finds the first message.
 */
export interface Step {
  requestId: RequestId;
  /** Which of the request's messages it is. */
  step: string;
}

export interface Posted {
  name: MessageName;
  /** True when an earlier attempt had posted it already. */
  already: boolean;
}

/** A message of the app itself. */
export interface AppMessage {
  text?: string;
  card?: Card;
  thread?: ThreadName | undefined;
  /** Only this person sees it. Not needed in a direct message. */
  privateTo?: UserName;
}

/** A message of a person. Chat takes text only from people. */
export interface PersonMessage {
  text: string;
  thread?: ThreadName | undefined;
}

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

  /** The direct message between the app and a person, if there is one. */
  findDirectMessage(user: UserName, signal: AbortSignal): Promise<SpaceName | undefined>;
}

/** Chat with one person's credentials. Every call is retried within `signal`'s life, then throws `ChatError`. */
export interface ChatAsPerson {
  createMessage(
    space: SpaceName,
    message: PersonMessage,
    step: Step,
    signal: AbortSignal,
  ): Promise<Posted>;
}

/** The Chat API, for each kind of principal. */
export interface Chat {
  readonly asApp: ChatAsApp;
  asPerson(user: UserName, accessToken: string): ChatAsPerson;
}
