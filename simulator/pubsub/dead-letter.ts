import type { NewMessage, PublishedMessage } from './message.ts';

/**
 * The message as it arrives on the dead-letter topic: a new one, with the old one's data and attributes, and where it comes
 * from (cloud.google.com/pubsub/docs/handling-failures, "How dead-letter topics work").
 *
 * @param subscription the full name of the one that gave up
 */
export function deadLetterOf(
  message: PublishedMessage,
  subscription: string,
  attempts: number,
): NewMessage {
  const [, project = '', , id = ''] = subscription.split('/');
  return {
    data: message.data,
    attributes: {
      ...message.attributes,
      CloudPubSubDeadLetterSourceDeliveryCount: String(attempts),
      CloudPubSubDeadLetterSourceSubscription: id,
      CloudPubSubDeadLetterSourceSubscriptionProject: project,
      CloudPubSubDeadLetterSourceTopicPublishTime: new Date(message.publishTime).toISOString(),
    },
  };
}
