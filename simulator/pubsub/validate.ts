import { minutes, seconds } from '../../src/lib/clock.ts';
import { type NewMessage, sizeOf } from './message.ts';
import { invalidArgument, tooLarge, tooSmall } from './refusal.ts';
import type {
  DeadLetterPolicy,
  NewSubscription,
  RetryPolicy,
  SubscriptionConfig,
} from './subscription-config.ts';

/*
 * Google's rules for names and values. Sources: the comments of google/pubsub/v1/pubsub.proto; the limits of a publish
 * request from cloud.google.com/pubsub/quotas, "Resource limits".
 */

const MAX_REQUEST_BYTES = 10_000_000;
const MAX_REQUEST_MESSAGES = 1000;
const MAX_ATTRIBUTES = 100;
const MAX_ATTRIBUTE_KEY_BYTES = 256;
const MAX_ATTRIBUTE_VALUE_BYTES = 1024;
const MAX_ACK_DEADLINE_SECONDS = 600;
const MIN_ACK_DEADLINE_SECONDS = 10;
const MAX_BACKOFF_MS = minutes(10);
const DEFAULT_MIN_BACKOFF_MS = seconds(10);
const DEFAULT_DELIVERY_ATTEMPTS = 5;

const RESOURCE_NAME = /^projects\/[^/]+\/(topics|subscriptions)\/(?!goog)[A-Za-z][\w.~+%-]{2,254}$/;

/** Throws INVALID_ARGUMENT unless it is `projects/{project}/{collection}/{id}` with an id that Google allows. */
export function checkName(collection: 'topics' | 'subscriptions', name: string): void {
  if (RESOURCE_NAME.exec(name)?.[1] === collection) return;
  throw invalidArgument(
    `Invalid resource name given (name=${name}): expected projects/{project}/${collection}/{id}. ` +
      'Refer to https://cloud.google.com/pubsub/docs/pubsub-basics#resource_names for more information.',
  );
}

/** Throws INVALID_ARGUMENT unless all the messages may be published in one request. */
export function checkMessages(messages: readonly NewMessage[]): void {
  if (messages.length === 0) throw invalidArgument('No messages to publish.');
  if (messages.length > MAX_REQUEST_MESSAGES) {
    throw tooLarge('message_count', messages.length, MAX_REQUEST_MESSAGES);
  }
  let bytes = 0;
  for (const message of messages) {
    checkMessage(message);
    bytes += sizeOf(message);
  }
  if (bytes > MAX_REQUEST_BYTES) throw tooLarge('request_size', bytes, MAX_REQUEST_BYTES);
}

function checkMessage({ data, attributes }: NewMessage): void {
  const entries = Object.entries(attributes);
  if (data.length === 0 && entries.length === 0) {
    throw invalidArgument('Some messages are empty: each needs data or at least one attribute.');
  }
  if (entries.length > MAX_ATTRIBUTES) {
    throw tooLarge('attribute_count', entries.length, MAX_ATTRIBUTES);
  }
  for (const [key, value] of entries) checkAttribute(key, value);
}

function checkAttribute(key: string, value: string): void {
  if (key === '') throw invalidArgument('An attribute has an empty key.');
  if (key.startsWith('goog') && !key.startsWith('googclient_')) {
    throw invalidArgument(`Attribute keys that start with "goog" are Google's own (key=${key}).`);
  }
  const keyBytes = Buffer.byteLength(key);
  if (keyBytes > MAX_ATTRIBUTE_KEY_BYTES) {
    throw tooLarge('attribute_key_size', keyBytes, MAX_ATTRIBUTE_KEY_BYTES);
  }
  const valueBytes = Buffer.byteLength(value);
  if (valueBytes > MAX_ATTRIBUTE_VALUE_BYTES) {
    throw tooLarge('attribute_value_size', valueBytes, MAX_ATTRIBUTE_VALUE_BYTES);
  }
}

/** Fills in Google's defaults. Throws INVALID_ARGUMENT for a name or a value that Google would refuse. */
export function checkSubscription(request: NewSubscription): SubscriptionConfig {
  checkName('subscriptions', request.name);
  checkName('topics', request.topic);
  // 0 is how the wire says "not given", here and for the delivery attempts.
  const ackDeadlineSeconds = request.ackDeadlineSeconds || MIN_ACK_DEADLINE_SECONDS;
  checkAckDeadline(ackDeadlineSeconds);
  return {
    name: request.name,
    ackDeadlineSeconds,
    retryPolicy: request.retryPolicy && checkRetryPolicy(request.retryPolicy),
    deadLetterPolicy: request.deadLetterPolicy && checkDeadLetterPolicy(request.deadLetterPolicy),
    description: request.description ?? {},
  };
}

/** Throws INVALID_ARGUMENT unless it is a deadline that a subscription, or a stream, may have. */
export function checkAckDeadline(ackDeadlineSeconds: number): void {
  if (ackDeadlineSeconds < MIN_ACK_DEADLINE_SECONDS) {
    throw tooSmall('ack_deadline_seconds', ackDeadlineSeconds, MIN_ACK_DEADLINE_SECONDS);
  }
  checkExtension(ackDeadlineSeconds);
}

/** Throws INVALID_ARGUMENT unless a message's deadline may be moved by so much; 0 hands it back. */
export function checkExtension(ackDeadlineSeconds: number): void {
  if (ackDeadlineSeconds < 0) throw tooSmall('ack_deadline_seconds', ackDeadlineSeconds, 0);
  if (ackDeadlineSeconds > MAX_ACK_DEADLINE_SECONDS) {
    throw tooLarge('ack_deadline_seconds', ackDeadlineSeconds, MAX_ACK_DEADLINE_SECONDS);
  }
}

/** Throws INVALID_ARGUMENT unless all the ack ids are, or once were, this subscription's. */
export function checkAckIds(subscription: string, ackIds: readonly string[]): void {
  const stranger = ackIds.find((ackId) => !ackId.startsWith(`${subscription}:`));
  if (stranger !== undefined) {
    throw invalidArgument(`You have passed an invalid ack ID to the service (ack_id=${stranger}).`);
  }
}

function checkRetryPolicy(policy: NonNullable<NewSubscription['retryPolicy']>): RetryPolicy {
  const minimumBackoffMs = policy.minimumBackoffMs ?? DEFAULT_MIN_BACKOFF_MS;
  const maximumBackoffMs = policy.maximumBackoffMs ?? MAX_BACKOFF_MS;
  checkBackoff('minimum_backoff', minimumBackoffMs);
  checkBackoff('maximum_backoff', maximumBackoffMs);
  if (maximumBackoffMs < minimumBackoffMs) {
    throw tooSmall('maximum_backoff', inSeconds(maximumBackoffMs), inSeconds(minimumBackoffMs));
  }
  return { minimumBackoffMs, maximumBackoffMs };
}

function checkBackoff(field: string, milliseconds: number): void {
  if (milliseconds < 0) throw tooSmall(field, inSeconds(milliseconds), inSeconds(0));
  if (milliseconds > MAX_BACKOFF_MS) {
    throw tooLarge(field, inSeconds(milliseconds), inSeconds(MAX_BACKOFF_MS));
  }
}

function inSeconds(milliseconds: number): string {
  return `${milliseconds / 1000}s`;
}

function checkDeadLetterPolicy(
  policy: NonNullable<NewSubscription['deadLetterPolicy']>,
): DeadLetterPolicy {
  const maxDeliveryAttempts = policy.maxDeliveryAttempts || DEFAULT_DELIVERY_ATTEMPTS;
  checkName('topics', policy.deadLetterTopic);
  if (maxDeliveryAttempts < 5) throw tooSmall('max_delivery_attempts', maxDeliveryAttempts, 5);
  if (maxDeliveryAttempts > 100) throw tooLarge('max_delivery_attempts', maxDeliveryAttempts, 100);
  return { deadLetterTopic: policy.deadLetterTopic, maxDeliveryAttempts };
}
