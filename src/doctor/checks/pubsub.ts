import { openQuestions, type PubSubQuestions } from '../../lib/project/pubsub-questions.ts';
import { type Check, hasFailed, type Scene } from '../check.ts';
import { about, needs, type Result } from '../finding.ts';
import { reaching } from './network.ts';
import { lookAtSubscription } from './subscription.ts';
import { lookAtTopic } from './topic.ts';
import { lookAtOwnRights, lookAtWebRights } from './web-rights.ts';

/** The way that events come by, and what waited goes by. */
export const pubsub: Check = {
  title: 'Pub/Sub',
  async look(scene) {
    const missing = whatIsMissing(scene);
    if (missing !== undefined) return [about('pubsub', needs(missing))];
    const ask = openQuestions(scene.project);
    try {
      return await lookAtAll(scene, ask);
    } finally {
      // What nobody answered may still be on its way.
      ask.close().catch(() => {});
    }
  },
};

function whatIsMissing(scene: Scene): string | undefined {
  const { emulators } = scene.setting;
  const host = emulators.pubsub ?? 'pubsub.googleapis.com';
  if (hasFailed(scene, reaching(host))) return `${host}, see above`;
  if (emulators.pubsub === undefined && hasFailed(scene, 'credentials')) {
    return 'credentials, see above';
  }
  return undefined;
}

async function lookAtAll(scene: Scene, ask: PubSubQuestions): Promise<Result[]> {
  const { subscription, topic, notificationsSubscription, processes } = scene.setting;
  if (!processes.includes('subscriber')) return lookAtOwnRights(scene, ask);
  const results = await Promise.all([
    subscription === undefined
      ? [about('subscription', needs('PUBSUB_SUBSCRIPTION'))]
      : lookAtSubscription({ variable: 'PUBSUB_SUBSCRIPTION', subscription, topic }, scene, ask),
    topic === undefined ? [about('topic', needs('PUBSUB_TOPIC'))] : lookAtTopic(topic, scene, ask),
    notificationsSubscription === undefined
      ? []
      : lookAtSubscription(
          {
            variable: 'NOTIFICATIONS_SUBSCRIPTION',
            subscription: notificationsSubscription,
            topic: undefined,
          },
          scene,
          ask,
        ),
    subscription === undefined && topic === undefined ? [] : lookAtWebRights(scene, ask),
  ]);
  return results.flat();
}
