import type { Broker } from './broker.ts';
import { type Handlers, page, pageOfProject, unary } from './handlers.ts';
import {
  createTopicRequest,
  listOfTopicRequest,
  listRequest,
  publishRequest,
  topicRequest,
} from './wire.ts';
import { topicAnswer } from './wire-answers.ts';

/** google.pubsub.v1.Publisher. What isn't here is answered with UNIMPLEMENTED. */
export function publisherHandlers(broker: Broker): Handlers {
  return {
    createTopic: unary(createTopicRequest, ({ name, labels }) =>
      topicAnswer(broker.createTopic(name, labels)),
    ),
    getTopic: unary(topicRequest, ({ topic }) => topicAnswer(broker.topic(topic))),
    listTopics: unary(listRequest, (request) => {
      const { items, nextPageToken } = pageOfProject(
        broker.topics(),
        (topic) => topic.name,
        request,
      );
      return { topics: items.map(topicAnswer), nextPageToken };
    }),
    listTopicSubscriptions: unary(listOfTopicRequest, (request) => {
      const names = [...broker.topic(request.topic).subscriptions].map(({ config }) => config.name);
      const { items, nextPageToken } = page(names, (name) => name, request);
      return { subscriptions: items, nextPageToken };
    }),
    deleteTopic: unary(topicRequest, ({ topic }) => {
      broker.deleteTopic(topic);
      return {};
    }),
    publish: unary(publishRequest, ({ topic, messages }) => ({
      messageIds: broker.publish(topic, messages),
    })),
  };
}
