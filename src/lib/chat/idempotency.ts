import { createHash } from 'node:crypto';
import type { UserName } from '../names.ts';
import type { Step } from './chat.ts';

/** How every message id of ours begins: what comes back with it, we have posted ourselves. */
export const OWN_MESSAGE_PREFIX = 'client-postern-';

/** Chat's two identifiers of one create. */
export interface IdempotencyKeys {
  /** Unique in its space for ever; 55 of the 63 characters that Chat allows (chat-platform.md, section 5). */
  messageId: string;
  /** A UUID. Chat answers a repeat with the first message. */
  requestId: string;
}

/**
 * The same identifiers for the same step by the same principal, whenever and wherever it is carried out. The principal is
 * part of it because Chat refuses a `requestId` that somebody else has used.
 */
export function idempotencyKeys(step: Step, principal: 'app' | UserName): IdempotencyKeys {
  // As JSON, no two different triples read the same.
  const digest = createHash('sha256')
    .update(JSON.stringify([step.requestId, step.step, principal]))
    .digest();
  return {
    messageId: OWN_MESSAGE_PREFIX + digest.toString('hex', 0, 20),
    requestId: toUuid(digest.toString('hex', 16)),
  };
}

/** A UUID of version 8, "custom" (RFC 9562, section 5.8), from 32 hexadecimal digits. */
function toUuid(hex: string): string {
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-8$3-8$4-$5');
}
