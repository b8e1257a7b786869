import { z } from 'zod';
import { ChatError } from '../errors.ts';
import type { SpaceName } from '../names.ts';
import type { AppMessage } from './chat.ts';
import { WEBHOOK_REJECTED } from './classify-error.ts';
import { type CallOptions, createCall, openClient, parseAnswer } from './client.ts';
import { createRequest } from './message-request.ts';

/** An incoming webhook: whoever knows its key and token may post in its space, and nothing else. Both are secret. */
export interface Webhook {
  space: SpaceName;
  key: string;
  token: string;
}

/**
 * Posts in a webhook's space, where the app needs not be a member. Nothing that is posted so can be changed, and a repeat
 * posts it again: Google's guide "Build a Google Chat app as a webhook" knows neither `messageId` nor `requestId`.
 *
 * @throws ChatError
 */
export type PostByWebhook = (
  webhook: Webhook,
  message: Pick<AppMessage, 'text' | 'card' | 'thread'>,
  signal: AbortSignal,
) => Promise<void>;

export function createWebhookPoster(options: CallOptions & { rootUrl: string }): PostByWebhook {
  const spaces = openClient(options.rootUrl);
  const call = createCall(options);
  return async ({ space, key, token }, message, signal) => {
    const params = { ...createRequest(space, message), key, token };
    try {
      await call({ as: 'message-write', space }, signal, async (attemptSignal) => {
        const { data } = await spaces.messages.create(params, { signal: attemptSignal });
        parseAnswer(answer, data);
      });
    } catch (error) {
      throw ofWebhook(error);
    }
  };
}

const answer = z.object({ name: z.string() });

/** To be unauthenticated is the app's own outage elsewhere. Here there is nothing to wait for: the URL is no good. */
function ofWebhook(error: unknown): unknown {
  if (!(error instanceof ChatError && error.code === 'chat_unauthenticated')) return error;
  const { code, message } = WEBHOOK_REJECTED;
  return new ChatError(code, message, {
    cause: error.cause,
    ...(error.status === undefined ? {} : { status: error.status }),
  });
}
