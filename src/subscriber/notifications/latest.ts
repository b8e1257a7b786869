import { LRUCache } from 'lru-cache';
import type { Notification } from './notification.ts';

/** Keys whose newest notification is remembered, in the process only. */
const REMEMBERED = 10_000;

/**
 * Which notification the message of a key shows, so that an older one, delivered again after an outage, doesn't take its place.
 * One process knows only of its own: across several, Pub/Sub keeps the order, when producers ask for it by an ordering key.
 */
export interface Latest {
  isSuperseded(notification: Notification): boolean;
  remember(notification: Notification): void;
}

export function createLatest(): Latest {
  const shown = new LRUCache<string, bigint>({ max: REMEMBERED });
  return {
    isSuperseded(notification) {
      const at = shown.get(messageOf(notification) ?? '');
      return at !== undefined && notification.publishedAt < at;
    },
    remember(notification) {
      const message = messageOf(notification);
      if (message !== undefined) shown.set(message, notification.publishedAt);
    },
  };
}

/** The message that it changes; undefined when it changes none. */
function messageOf({ target, key }: Notification): string | undefined {
  return target.kind === 'space' && key !== undefined ? `${target.space} ${key}` : undefined;
}
