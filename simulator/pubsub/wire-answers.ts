import type { Delivery } from './consumer.ts';
import type { Subscription } from './subscription.ts';
import type { Topic } from './topic.ts';

/* The resources of google.pubsub.v1 as they go onto the wire. */

export function topicAnswer(topic: Topic) {
  return { name: topic.name, labels: topic.labels };
}

/** @param topic the name of its topic, or `_deleted-topic_` */
export function subscriptionAnswer({ config }: Subscription, topic: string) {
  const { description, retryPolicy } = config;
  return {
    name: config.name,
    topic,
    ackDeadlineSeconds: config.ackDeadlineSeconds,
    retryPolicy: retryPolicy && {
      minimumBackoff: duration(retryPolicy.minimumBackoffMs),
      maximumBackoff: duration(retryPolicy.maximumBackoffMs),
    },
    deadLetterPolicy: config.deadLetterPolicy,
    labels: description.labels,
    enableMessageOrdering: description.enableMessageOrdering,
    messageRetentionDuration: duration(description.messageRetentionMs),
    expirationPolicy: description.expirationPolicy && {
      ttl: duration(description.expirationPolicy.ttlMs),
    },
  };
}

export function receivedMessageAnswer({ ackId, message, attempt }: Delivery) {
  return {
    ackId,
    deliveryAttempt: attempt,
    message: {
      data: message.data,
      attributes: message.attributes,
      messageId: message.id,
      publishTime: duration(message.publishTime),
    },
  };
}

/** Durations, and timestamps too. */
function duration(milliseconds: number | undefined) {
  if (milliseconds === undefined) return undefined;
  return { seconds: Math.floor(milliseconds / 1000), nanos: (milliseconds % 1000) * 1e6 };
}
