import type { Webhook } from '../chat/webhook.ts';
import { bad, type Environment, good, type Reading, readVariable } from './read.ts';
import type { WebhookName } from './webhooks.ts';

/** The named webhooks, all of them of the Chat API that is configured: their secrets are sent nowhere else. */
export function readWebhooks(environment: Environment): Reading<ReadonlyMap<WebhookName, Webhook>> {
  const webhooks = readVariable(environment, 'WEBHOOKS');
  const chatApiUrl = readVariable(environment, 'CHAT_API_URL');
  // The problem with the other variable is told where that is read.
  if (webhooks.value === undefined || chatApiUrl.value === undefined) return webhooks;
  const { origin } = new URL(chatApiUrl.value);
  if ([...webhooks.value.values()].every((webhook) => webhook.origin === origin)) {
    return good(webhooks.value);
  }
  return bad('WEBHOOKS', 'has a URL on another host than the Chat API');
}
