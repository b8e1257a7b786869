import { createHash } from 'node:crypto';
import type { UserName } from '../names.ts';
import type { Step } from './chat.ts';

/** How every message id of ours begins: what comes back with it, we have posted ourselves. */
export const OWN_MESSAGE_PREFIX = 'client-postern-';

/** Chat's two identifiers of one create. */
export interface IdempotencyKeys {
  /** Unique in its space for ever; 55 of the 63 characters that Chat allows (chat-platform.md, section 5). */
  messageId: string;
  /** A UUID. Chat answers a repeat with what it made first, even where the content is another one. */
  requestId: string;
}

/**
 * The same identifiers for the same step by the same principal, whenever and wherever it is carried out. The principal is
 * part of it because Chat refuses a `requestId` that somebody else has used.
 *
 * The message id of a step with a key comes from the key alone. The `requestId` doesn't: another request with that key is
 * told that the message exists.
 *
 * @param content of a message, as it is sent. A repeat with another content then has another `requestId`, and Chat refuses
 *   it by the `messageId`: otherwise nobody would know that the message stands there with the content of the first time
 */
export function idempotencyKeys(
  { requestId, step, key }: Step,
  principal: 'app' | UserName,
  content?: object,
): IdempotencyKeys {
  const digest = digestOf([requestId, step, principal]);
  const ofMessage = key === undefined ? digest : digestOf(['key', key, principal]);
  const ofContent =
    content === undefined ? digest : digestOf([requestId, step, principal, content]);
  return {
    messageId: OWN_MESSAGE_PREFIX + ofMessage.toString('hex', 0, 20),
    requestId: toUuid(ofContent.toString('hex', 16)),
  };
}

/** As JSON, no two different lists read the same. */
function digestOf(parts: readonly unknown[]): Buffer {
  return createHash('sha256').update(JSON.stringify(parts)).digest();
}

/** A UUID of version 8, "custom" (RFC 9562, section 5.8), from 32 hexadecimal digits. */
function toUuid(hex: string): string {
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-8$3-8$4-$5');
}
