import type { PubSub } from '@google-cloud/pubsub';

/** `projects/{project}/topics/{topic}`, in the project of the credentials where the configuration names none. */
export async function fullTopicName(pubsub: PubSub, topic: string): Promise<string> {
  if (topic.includes('/')) return topic;
  return `projects/${await pubsub.auth.getProjectId()}/topics/${topic}`;
}
