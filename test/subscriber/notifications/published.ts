import assert from 'node:assert/strict';
import type { Notification } from '../../../src/subscriber/notifications/notification.ts';
import { readNotification } from '../../../src/subscriber/notifications/read.ts';

/** A message of the notifications' subscription, read. */
export function read(data: string | Uint8Array | object, id = '1', publishedAt = 1n) {
  const isData = typeof data === 'string' || data instanceof Uint8Array;
  const bytes = Buffer.from(isData ? data : JSON.stringify(data));
  return readNotification({ id, data: bytes, publishTime: { getFullTime: () => publishedAt } });
}

/** One that is in order. */
export function notification(fields: object, id?: string, publishedAt?: bigint): Notification {
  const answer = read({ space: 'spaces/OPS', ...fields }, id, publishedAt);
  assert.ok(answer.outcome === 'notification');
  return answer.notification;
}
