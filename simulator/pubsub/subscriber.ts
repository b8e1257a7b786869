import type { handleUnaryCall, ServerDuplexStream } from '@grpc/grpc-js';
import type { Broker } from './broker.ts';
import { type Handlers, pageOfProject, unary } from './handlers.ts';
import { Pull } from './pull.ts';
import { answerRefusal, invalidArgument } from './refusal.ts';
import { serveStreamingPull } from './streaming-pull.ts';
import type { Subscription } from './subscription.ts';
import type { Timers } from './timers.ts';
import { checkAckIds, checkExtension } from './validate.ts';
import {
  acknowledgeRequest,
  createSubscriptionRequest,
  listRequest,
  modifyAckDeadlineRequest,
  parse,
  pullRequest,
  subscriptionRequest,
} from './wire.ts';
import { receivedMessageAnswer, subscriptionAnswer } from './wire-answers.ts';

/** google.pubsub.v1.Subscriber. What isn't here (push, snapshots, changes of settings) is answered with UNIMPLEMENTED. */
export function subscriberHandlers(broker: Broker, timers: Timers): Handlers {
  const answer = (subscription: Subscription) =>
    subscriptionAnswer(subscription, broker.topicOf(subscription));
  return {
    createSubscription: unary(createSubscriptionRequest, (request) => {
      const { labels, messageRetentionDuration, expirationPolicy, ...rest } = request;
      const { enableMessageOrdering, ...settings } = rest;
      const description = {
        labels,
        enableMessageOrdering,
        messageRetentionMs: messageRetentionDuration,
        expirationPolicy: expirationPolicy && { ttlMs: expirationPolicy.ttl },
      };
      return answer(broker.createSubscription({ ...settings, description }));
    }),
    getSubscription: unary(subscriptionRequest, ({ subscription }) =>
      answer(broker.subscription(subscription)),
    ),
    listSubscriptions: unary(listRequest, (request) => {
      const all = broker.subscriptions();
      const { items, nextPageToken } = pageOfProject(all, ({ config }) => config.name, request);
      return { subscriptions: items.map(answer), nextPageToken };
    }),
    deleteSubscription: unary(subscriptionRequest, ({ subscription }) => {
      broker.deleteSubscription(subscription);
      return {};
    }),
    acknowledge: unary(acknowledgeRequest, ({ subscription, ackIds }) => {
      ackedSubscription(broker, subscription, ackIds).acknowledge(ackIds);
      return {};
    }),
    modifyAckDeadline: unary(modifyAckDeadlineRequest, (request) => {
      const { subscription, ackIds, ackDeadlineSeconds: seconds } = request;
      checkExtension(seconds);
      const changes = ackIds.map((ackId) => ({ ackId, seconds }));
      ackedSubscription(broker, subscription, ackIds).modifyAckDeadlines(changes);
      return {};
    }),
    pull: pull(broker, timers),
    streamingPull: (call: ServerDuplexStream<unknown, object>) => serveStreamingPull(broker, call),
  };
}

function ackedSubscription(broker: Broker, name: string, ackIds: readonly string[]): Subscription {
  const subscription = broker.consumable(name);
  if (ackIds.length === 0) throw invalidArgument('No ack ids specified.');
  checkAckIds(name, ackIds);
  return subscription;
}

function pull(broker: Broker, timers: Timers): handleUnaryCall<unknown, object> {
  return (call, callback) => {
    try {
      const { subscription, maxMessages, returnImmediately } = parse(pullRequest, call.request);
      if (maxMessages < 1) throw invalidArgument('No max_messages specified.');
      const pulling = new Pull(broker.consumable(subscription), maxMessages, {
        answer: (deliveries) =>
          callback(null, { receivedMessages: deliveries.map(receivedMessageAnswer) }),
        refuse: (reason) => callback(answerRefusal(reason)),
      });
      call.on('cancelled', () => pulling.leave());
      pulling.start(timers, returnImmediately);
    } catch (error) {
      callback(answerRefusal(error));
    }
  };
}
