import { nameIn } from '../../lib/project/names.ts';
import type { PubSubQuestions } from '../../lib/project/pubsub-questions.ts';
import type { Scene } from '../check.ts';
import { about, type Finding, needs, type Result, unknown } from '../finding.ts';
import { decideOwnRights, decideWebRights } from '../pubsub/web-rights.ts';
import { accountEmail } from './credentials.ts';

/** Whether the policies of the topic and the subscription give oauth-web's account nothing. */
export async function lookAtWebRights(scene: Scene, ask: PubSubQuestions): Promise<Result[]> {
  const places = await Promise.all(
    placesOf(scene).map(async (place) => ({
      ...place,
      answer: await (place.kind === 'topics'
        ? ask.policyOfTopic(place.name)
        : ask.policyOfSubscription(place.name)),
    })),
  );
  return [about('oauth-web-rights', decideWebRights(scene.project, places))];
}

/** Whether oauth-web's account, which this runs as, may neither publish nor consume. */
export async function lookAtOwnRights(scene: Scene, ask: PubSubQuestions): Promise<Result[]> {
  return [about('oauth-web-rights', await ownRights(scene, ask))];
}

async function ownRights(scene: Scene, ask: PubSubQuestions): Promise<Finding> {
  const { project, setting, before } = scene;
  const wanted = placesOf(scene);
  if (wanted.length === 0) {
    return needs('PUBSUB_TOPIC and PUBSUB_SUBSCRIPTION, to see that this account may use neither');
  }
  if (setting.emulators.pubsub !== undefined) {
    return unknown('whether this account has a right to Pub/Sub: an emulator has no accounts');
  }
  if (before.some(({ check, status }) => check === 'credentials' && status === 'unknown')) {
    return needs('the credentials of oauth-web’s service account, see above');
  }
  const places = await Promise.all(
    wanted.map(async (place) => ({
      ...place,
      answer: await (place.kind === 'topics'
        ? ask.mayPublish(place.name)
        : ask.mayConsume(place.name)),
    })),
  );
  return decideOwnRights({ project, account: await accountEmail() }, places);
}

function placesOf({ setting, project }: Scene) {
  const { topic, subscription, notificationsSubscription } = setting;
  const named = [
    { kind: 'topics', id: topic },
    { kind: 'subscriptions', id: subscription },
    { kind: 'subscriptions', id: notificationsSubscription },
  ] as const;
  return named.flatMap(({ kind, id }) =>
    id === undefined ? [] : [{ kind, name: nameIn(project, kind, id) }],
  );
}
