import type { ChatWorld } from '../world/chat-world.ts';
import type { StoredSpace, StoredWebhook } from '../world/state.ts';
import { WEBHOOK_KEY, webhookAsUser } from '../world/webhooks.ts';
import { ApiError, denied, errorInfo, invalid, notSimulated } from './api-error.ts';
import type { MethodCall } from './method.ts';
import { readNewMessage } from './new-message.ts';
import { viewMessage } from './view.ts';

/** What a webhook's message is read and shown as: it may have what an app's may, but for what {@link checkPlain} refuses. */
const AS_APP = { kind: 'app', scopes: [] } as const;

/** Whether a call of the API has a webhook's URL, and nobody's token. */
export function isByWebhook(
  authorization: string | undefined,
  method: string,
  search: URLSearchParams,
): boolean {
  return authorization === undefined && method === 'CreateMessage' && search.has('key');
}

/** @throws ApiError in Google's words, as people have quoted them in public bug reports, for a wrong key or token */
export function webhookOf(
  world: ChatWorld,
  spaceName: string,
  search: URLSearchParams,
): { webhook: StoredWebhook; space: StoredSpace } {
  if (search.get('key') !== WEBHOOK_KEY) {
    throw new ApiError('INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', {
      details: [errorInfo('API_KEY_INVALID', 'CreateMessage')],
    });
  }
  const webhook = world
    .webhooks()
    .find(({ space, token }) => space === spaceName && token === search.get('token'));
  if (webhook === undefined) {
    throw new ApiError(
      'PERMISSION_DENIED',
      'The API is called without a valid token. Instructions on how to use incoming webhooks can be found at https://developers.google.com/chat/how-tos/webhooks',
    );
  }
  const space = world.space(spaceName);
  if (space === undefined) throw denied();
  return { webhook, space };
}

/** `spaces.messages.create` by an incoming webhook (guide "Build a Google Chat app as a webhook"). */
export async function createByWebhook(
  world: ChatWorld,
  { webhook, space }: { webhook: StoredWebhook; space: StoredSpace },
  call: Pick<MethodCall, 'resource' | 'query' | 'body'>,
): Promise<object> {
  checkPlain(call);
  const message = readNewMessage(world, space, { ...call, principal: AS_APP });
  const author = webhookAsUser(webhook);
  const posted = await world.post({ ...message, space: call.resource, author, webhook });
  return viewMessage(AS_APP, posted, space);
}

/** Text and cards only. Of ids the guide says nothing, so nothing may depend on them. */
function checkPlain({ query, body }: Pick<MethodCall, 'query' | 'body'>): void {
  for (const id of ['messageId', 'requestId']) {
    if (query.text(id) !== undefined) throw notSimulated(`\`${id}\` of webhooks`);
  }
  for (const field of ['privateMessageViewer', 'accessoryWidgets']) {
    if (body[field] !== undefined) throw invalid(`Webhooks can't set \`${field}\`.`);
  }
}
