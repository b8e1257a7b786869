import type { ChatAsApp } from '../../lib/chat/chat.ts';
import type { PostByWebhook, Webhook } from '../../lib/chat/webhook.ts';
import type { WebhookName } from '../../lib/config/webhooks.ts';
import { ChatError } from '../../lib/errors.ts';
import type { MessageName, SpaceName } from '../../lib/names.ts';
import type { Notification } from './notification.ts';
import type { Outcome } from './outcome.ts';

export interface PostDeps {
  chat: Pick<ChatAsApp, 'createMessage' | 'patchMessage'>;
  postByWebhook: PostByWebhook;
  webhooks: ReadonlyMap<WebhookName, Webhook>;
}

export type Posting =
  | Extract<Outcome, { result: 'posted' | 'updated' }>
  | { result: 'refused'; reason: 'unknown-webhook' | 'message-deleted' };

/**
 * Posts a notification, or gives the message of its key its content. In a space, doing it again is harmless; by a webhook, it
 * posts it again.
 *
 * @throws ChatError
 */
export async function post(
  deps: PostDeps,
  notification: Notification,
  signal: AbortSignal,
): Promise<Posting> {
  const { target } = notification;
  if (target.kind === 'space') return await postInSpace(deps, target.space, notification, signal);
  const webhook = deps.webhooks.get(target.webhook);
  if (webhook === undefined) return { result: 'refused', reason: 'unknown-webhook' };
  // A webhook can't change what it has posted: what has the same key comes together in a thread.
  const { content, key, thread = key } = notification;
  await deps.postByWebhook(webhook, { ...content, ...inThread(thread) }, signal);
  return { result: 'posted' };
}

async function postInSpace(
  { chat }: PostDeps,
  space: SpaceName,
  { id, content, key, thread }: Notification,
  signal: AbortSignal,
): Promise<Posting> {
  const step = { requestId: id, step: 'notification', key };
  const message = { ...content, ...inThread(thread) };
  const { name, already } = await chat.createMessage(space, message, step, signal);
  // Without a key, what was there already is this very notification.
  if (!already || key === undefined) return { result: 'posted' };
  return await update(chat, name, content, signal);
}

async function update(
  chat: PostDeps['chat'],
  name: MessageName,
  content: Notification['content'],
  signal: AbortSignal,
): Promise<Posting> {
  try {
    await chat.patchMessage(name, content, signal);
    return { result: 'updated' };
  } catch (error) {
    // The app may write here, and may not change what it wrote under this id: it is gone. The id stays taken.
    if (!isGone(error)) throw error;
    return { result: 'refused', reason: 'message-deleted' };
  }
}

/** Chat doesn't tell what is missing from what is forbidden (chat-platform.md, section 7). */
function isGone(error: unknown): boolean {
  return (
    error instanceof ChatError &&
    (error.code === 'chat_not_found' || error.code === 'chat_forbidden')
  );
}

function inThread(key: string | undefined) {
  return key === undefined ? {} : { thread: { key } };
}
