import type { ChatWorld } from './chat-world.ts';
import type { Workshop } from './deliver.ts';
import type { ChatUser } from './people.ts';
import type { StoredWebhook } from './state.ts';
import { idOf } from './ticker.ts';

/** All webhooks have the same API key, as at Google: what lets them in is the token. */
export const WEBHOOK_KEY = 'AIzaSySimulated-webhooks_have_1_key';

/** Incoming webhooks, as somebody sets them up in a space. */
export type Webhooks = Pick<ChatWorld, 'addWebhook' | 'webhooks'>;

export function createWebhooks({ book }: Pick<Workshop, 'book'>): Webhooks {
  return {
    addWebhook(spaceName, displayName) {
      if (book.space(spaceName) === undefined) throw new Error(`There is no ${spaceName}`);
      const now = book.now();
      const id = String(now.micros);
      // Google's end in "=", too, which has to be escaped in a URL.
      const token = `${idOf('webhook', now)}${idOf('token', now)}=`;
      book.webhooks.push({ id, displayName, space: spaceName, token });
      book.changed();
      const parameters = new URLSearchParams({ key: WEBHOOK_KEY, token });
      return `/v1/${spaceName}/messages?${parameters.toString()}`;
    },

    webhooks: () => [...book.webhooks],
  };
}

export function webhookAsUser({ id, displayName }: StoredWebhook): ChatUser {
  return {
    name: `users/${id}`,
    displayName,
    avatarUrl: `https://lh3.googleusercontent.com/a/simulated-${id}`,
    type: 'BOT',
  };
}
