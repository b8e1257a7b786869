/** How long a message waits between two deliveries: twice as long after each failure, between these two. */
export interface RetryPolicy {
  minimumBackoffMs: number;
  maximumBackoffMs: number;
}

/** Where a message goes that nobody could handle. */
export interface DeadLetterPolicy {
  /** `projects/{project}/topics/{topic}` */
  deadLetterTopic: string;
  maxDeliveryAttempts: number;
}

/** What the creator of a subscription may leave out gets Google's default. */
export interface NewSubscription {
  /** `projects/{project}/subscriptions/{subscription}` */
  name: string;
  /** `projects/{project}/topics/{topic}` */
  topic: string;
  /** 10 to 600; by default 10. */
  ackDeadlineSeconds?: number | undefined;
  /** By default a message that is handed back is delivered again at once. */
  retryPolicy?:
    | { minimumBackoffMs?: number | undefined; maximumBackoffMs?: number | undefined }
    | undefined;
  deadLetterPolicy?:
    | (Pick<DeadLetterPolicy, 'deadLetterTopic'> & Partial<DeadLetterPolicy>)
    | undefined;
  description?: Description | undefined;
}

/**
 * Accepted, and told back on request, but without effect: nothing gets old enough here to expire, and messages with an ordering
 * key are refused.
 */
interface Description {
  enableMessageOrdering?: boolean | undefined;
  labels?: Record<string, string> | undefined;
  messageRetentionMs?: number | undefined;
  /** Without a `ttlMs` the subscription never expires. */
  expirationPolicy?: { ttlMs?: number | undefined } | undefined;
}

/** A subscription's settings, checked and complete. */
export interface SubscriptionConfig {
  readonly name: string;
  readonly ackDeadlineSeconds: number;
  readonly retryPolicy: RetryPolicy | undefined;
  readonly deadLetterPolicy: DeadLetterPolicy | undefined;
  readonly description: Description;
}

/** How long a message is kept back after so many failures. In milliseconds. */
export function backoffMs(policy: RetryPolicy | undefined, failures: number): number {
  if (policy === undefined) return 0;
  return Math.min(policy.maximumBackoffMs, policy.minimumBackoffMs * 2 ** (failures - 1));
}
