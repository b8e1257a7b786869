import type { AppMessage } from '../../lib/chat/chat.ts';
import type { WebhookName } from '../../lib/config/webhooks.ts';
import type { RequestId, SpaceName } from '../../lib/names.ts';
import type { CardFault } from './card.ts';

/** Where a notification goes: a space that the app is in, or that of a webhook. */
export type Target =
  | { kind: 'space'; space: SpaceName }
  | { kind: 'webhook'; webhook: WebhookName };

/** What some system has to say, ready to be posted. */
export interface Notification {
  /** From the Pub/Sub message's id, which stays the same when it is delivered again. */
  id: RequestId;
  /** When it was published, by Pub/Sub's clock. In nanoseconds since the epoch. */
  publishedAt: bigint;
  target: Target;
  /** Text or card; what is not to be markup is none any more. */
  content: Pick<AppMessage, 'text' | 'card'>;
  /** The producer's name for the message: the next one of the same name takes its place. */
  key: string | undefined;
  /** The producer's name for the thread. */
  thread: string | undefined;
}

/** What a producer did wrong. Stable: metrics name them, and README lists them. */
export type Mistake =
  | 'too-large'
  | 'not-json'
  /** A field that there isn't, or one with a value that it can't have. */
  | 'fields'
  /** Neither a space nor a webhook, or both. */
  | 'target'
  /** Neither text nor card, or both. */
  | 'content'
  | CardFault;

export type ReadNotification =
  | { outcome: 'notification'; notification: Notification }
  /** `fields`: which ones it is about. */
  | { outcome: 'invalid'; reason: Mistake; fields: readonly string[] };
