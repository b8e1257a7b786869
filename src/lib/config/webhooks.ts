import { z } from 'zod';
import { secureUrl } from '../authorization/secure-url.ts';
import type { Webhook } from '../chat/webhook.ts';
import { spaceName } from '../names.ts';

/** What producers call a webhook by. */
export const webhookName = z
  .string()
  .regex(/^[a-z\d][\w-]{0,63}$/i, 'is no name of a webhook')
  .brand<'WebhookName'>();
export type WebhookName = z.infer<typeof webhookName>;

/** A webhook as it is configured. `origin`: of the Chat API that its URL is one of. */
export interface ConfiguredWebhook extends Webhook {
  origin: string;
}

/** `ops=https://chat.googleapis.com/v1/spaces/AAA/messages?key=…&token=…`, several separated by commas. */
export const webhooks = z
  .string()
  .default('')
  .transform((text, context): ReadonlyMap<WebhookName, ConfiguredWebhook> => {
    const entries = text.split(',').filter((entry) => entry.trim() !== '');
    const read = new Map<WebhookName, ConfiguredWebhook>();
    entries.forEach((entry, index) => {
      const [, before = '', after = ''] = /^([^=]*)=(.*)$/s.exec(entry.trim()) ?? [];
      const name = webhookName.safeParse(before.trim()).data;
      const webhook = readUrl(after.trim());
      // By its place only: what stands where the name belongs may be the URL.
      if (name === undefined) context.addIssue(`entry ${index + 1} is not name=URL`);
      else if (read.has(name))
        context.addIssue(`entry ${index + 1} has the name of an earlier one`);
      else if (webhook === undefined) context.addIssue(`entry ${index + 1} ${NO_WEBHOOK}`);
      else read.set(name, webhook);
    });
    return read;
  });

const NO_WEBHOOK =
  'has no URL of a webhook, which is https://chat.googleapis.com/v1/spaces/…/messages with a key, a token and nothing else';

function readUrl(text: string): ConfiguredWebhook | undefined {
  const url = secureUrl.safeParse(text).success ? URL.parse(text) : null;
  if (url === null) return undefined;
  const [, parent] = /^\/v1\/(spaces\/[^/]+)\/messages$/.exec(url.pathname) ?? [];
  const space = spaceName.safeParse(parent).data;
  const { key, token, ...others } = Object.fromEntries(url.searchParams);
  const isWhole = key && token && url.searchParams.size === 2 && Object.keys(others).length === 0;
  return space && isWhole ? { origin: url.origin, space, key, token } : undefined;
}
