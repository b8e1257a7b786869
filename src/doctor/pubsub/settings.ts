import { ACK_DEADLINE_SECONDS, MAX_DELIVERY_ATTEMPTS, RETRY } from '../../lib/project/blueprint.ts';
import { forGcloud } from '../../lib/project/names.ts';
import type { SubscriptionFound } from '../../lib/project/pubsub-questions.ts';
import { type Finding, failed, ok, unknown } from '../finding.ts';

/* What a subscription's settings come to. Each with the line that makes it as `npm run setup` does. */

/** A message that is handed back must not come again at once: in an outage that would be a storm. */
const LEAST_BACKOFF_SECONDS = 1;

const DAY_SECONDS = 24 * 3600;

export function decideRetry(name: string, { retry }: SubscriptionFound): Finding {
  const { minimumSeconds, maximumSeconds } = RETRY;
  const remedy = `gcloud pubsub subscriptions update ${forGcloud(name)} --min-retry-delay=${minimumSeconds}s --max-retry-delay=${maximumSeconds}s`;
  if (retry === undefined) {
    return failed(
      'it has no retry policy: what Postern hands back in an outage comes again at once, over and over',
      remedy,
    );
  }
  if (retry.minimumSeconds < LEAST_BACKOFF_SECONDS) {
    return failed(
      `its retry policy begins with ${retry.minimumSeconds} s, which is no wait`,
      remedy,
    );
  }
  return ok(
    `what is handed back comes again after ${retry.minimumSeconds} s to ${retry.maximumSeconds} s`,
  );
}

export function decideExpiry(name: string, { expiresAfterSeconds }: SubscriptionFound): Finding {
  if (expiresAfterSeconds === undefined) return ok('it never expires');
  return failed(
    `it expires: Google deletes it once nobody has pulled for ${inDays(expiresAfterSeconds)}, with all that is in it`,
    `gcloud pubsub subscriptions update ${forGcloud(name)} --expiration-period=never`,
  );
}

export function decideRetention(name: string, { retentionSeconds }: SubscriptionFound): Finding {
  if (retentionSeconds === undefined || retentionSeconds >= DAY_SECONDS) {
    const kept =
      retentionSeconds === undefined ? 'as long as Google does' : inDays(retentionSeconds);
    return ok(`what isn’t pulled is kept for ${kept}`.replace('for as', 'as'));
  }
  return failed(
    `what isn’t pulled is dropped after ${retentionSeconds} s: a longer outage loses what people wrote`,
    `gcloud pubsub subscriptions update ${forGcloud(name)} --message-retention-duration=7d`,
  );
}

/** The client extends the deadline while it works; Google takes 10 s to 600 s. */
export function decideAckDeadline({ ackDeadlineSeconds }: SubscriptionFound): Finding {
  const wish =
    ackDeadlineSeconds < ACK_DEADLINE_SECONDS ? ` (${ACK_DEADLINE_SECONDS} s is better)` : '';
  return ok(`what a process takes down with it comes again after ${ackDeadlineSeconds} s${wish}`);
}

/** Only producers' ordering keys need it, and only where several subscribers run: one alone knows an older update by its time. */
export function decideOrdering(name: string, { isOrdered }: SubscriptionFound): Finding {
  if (isOrdered) return ok('it keeps the order of messages with the same ordering key');
  return unknown(
    'whether updates of a notification come in their order, where several subscribers run: it keeps no order',
    `If producers use keys: gcloud pubsub subscriptions delete ${forGcloud(name)}, and create it anew with --enable-message-ordering`,
  );
}

/** Nacks in an outage count, too. */
export function decideAttempts(
  name: string,
  deadLetter: NonNullable<SubscriptionFound['deadLetter']>,
): Finding {
  const { topic, maxDeliveryAttempts } = deadLetter;
  if (maxDeliveryAttempts >= MAX_DELIVERY_ATTEMPTS) {
    return ok(`what was handed back ${maxDeliveryAttempts} times goes to ${topic}`);
  }
  return failed(
    `after ${maxDeliveryAttempts} deliveries messages go to the dead-letter topic, and Postern hands them back in an outage: ` +
      'a short one would move people’s requests away',
    `gcloud pubsub subscriptions update ${forGcloud(name)} --dead-letter-topic=${topic} --max-delivery-attempts=${MAX_DELIVERY_ATTEMPTS}`,
  );
}

function inDays(seconds: number): string {
  const days = seconds / DAY_SECONDS;
  return days >= 2 ? `${Math.round(days)} days` : `${Math.round(seconds / 3600)} hours`;
}
