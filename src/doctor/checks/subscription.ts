import { member } from '../../lib/project/accounts.ts';
import { SUBSCRIBER_ROLE } from '../../lib/project/blueprint.ts';
import { forGcloud, nameIn } from '../../lib/project/names.ts';
import type { PubSubQuestions, SubscriptionFound } from '../../lib/project/pubsub-questions.ts';
import type { Scene } from '../check.ts';
import { about, type Finding, failed, needs, ok, type Result } from '../finding.ts';
import { decideProducers } from '../pubsub/publishers.ts';
import { refused } from '../pubsub/refusals.ts';
import {
  decideAckDeadline,
  decideExpiry,
  decideOrdering,
  decideRetention,
  decideRetry,
} from '../pubsub/settings.ts';
import { accountEmail } from './credentials.ts';
import { lookAtDeadLetters } from './dead-letters.ts';

export interface Pulled {
  /** The variable that names it. */
  variable: 'PUBSUB_SUBSCRIPTION' | 'NOTIFICATIONS_SUBSCRIPTION';
  subscription: string;
  /** Whose it has to be; undefined: anybody's. */
  topic: string | undefined;
}

/** All there is to see of a subscription that the subscriber pulls. */
export async function lookAtSubscription(
  pulled: Pulled,
  scene: Scene,
  ask: PubSubQuestions,
): Promise<Result[]> {
  const { variable, topic } = pulled;
  const name = nameIn(scene.project, 'subscriptions', pulled.subscription);
  const [found, consume] = await Promise.all([ask.subscription(name), ask.mayConsume(name)]);
  const check = (what: string, finding: Finding): Result =>
    about(variable === 'PUBSUB_SUBSCRIPTION' ? what : `notifications-${what}`, finding);
  if (found.kind === 'not-found') {
    return [check('subscription', missing(pulled, name, scene))];
  }
  const consumable = check(
    'subscription-consume',
    consume.kind === 'answer'
      ? decideConsume(name, consume.value, await accountEmail())
      : consume.kind === 'not-found'
        ? missing(pulled, name, scene)
        : refused(consume, `whether ${name} may be consumed`, describe(name)),
  );
  if (found.kind !== 'answer') {
    return [check('subscription', refused(found, name, describe(name))), consumable];
  }
  return [
    check('subscription', decideTopic(name, found.value, topic, scene)),
    consumable,
    check('ack-deadline', decideAckDeadline(found.value)),
    check('retry-policy', decideRetry(name, found.value)),
    check('expiry', decideExpiry(name, found.value)),
    check('retention', decideRetention(name, found.value)),
    ...(await lookAtDeadLetters(name, found.value, ask)).map((result) => check(...result)),
    ...(variable === 'NOTIFICATIONS_SUBSCRIPTION'
      ? [
          check('ordering', decideOrdering(name, found.value)),
          check('producers', await lookAtProducers(found.value.topic, ask)),
        ]
      : []),
  ];
}

const describe = (name: string): string =>
  `gcloud pubsub subscriptions describe ${forGcloud(name)}`;

function missing({ variable, topic }: Pulled, name: string, { project }: Scene): Finding {
  const isOfNotifications = variable === 'NOTIFICATIONS_SUBSCRIPTION';
  const { option, on, more } = isOfNotifications
    ? { option: ' --notifications', on: 'notifications', more: '1d --enable-message-ordering' }
    : { option: '', on: topic && nameIn(project, 'topics', topic), more: '7d' };
  return failed(
    `there is no subscription ${name}`,
    `Correct ${variable}, or create it: npm run setup -- --project=${project ?? 'PROJECT'}${option}\n` +
      `or gcloud pubsub subscriptions create ${forGcloud(name)} --topic=${on ?? 'TOPIC'} --ack-deadline=60 ` +
      `--expiration-period=never --min-retry-delay=10s --max-retry-delay=600s --message-retention-duration=${more}`,
  );
}

function decideTopic(
  name: string,
  found: SubscriptionFound,
  topic: string | undefined,
  { project }: Scene,
): Finding {
  const expected = topic === undefined ? undefined : nameIn(project, 'topics', topic);
  if (found.isPush) {
    return failed(
      `${name} is a push subscription: Google sends its messages elsewhere, and there is nothing to pull`,
      `gcloud pubsub subscriptions update ${forGcloud(name)} --push-endpoint=`,
    );
  }
  if (found.topic === '_deleted-topic_') {
    return failed(
      `the topic of ${name} has been deleted, and one made anew under its name is not the same: nothing arrives any more`,
      `Delete the subscription, and create both: npm run setup -- --project=${project ?? 'PROJECT'}`,
    );
  }
  if (expected !== undefined && found.topic !== expected) {
    return failed(
      `${name} is a subscription of ${found.topic}, and PUBSUB_TOPIC says ${expected}: what waited for a consent never comes back`,
      'Set PUBSUB_TOPIC to that topic if it is the one on the Chat API page, or PUBSUB_SUBSCRIPTION to a subscription of the other.',
    );
  }
  return ok(`${name} is there, on ${found.topic}`);
}

function decideConsume(name: string, may: boolean, account = 'ACCOUNT'): Finding {
  if (may) return ok('this account may consume it');
  return failed(
    `this account may not consume ${name}`,
    `gcloud pubsub subscriptions add-iam-policy-binding ${forGcloud(name)} --role=${SUBSCRIBER_ROLE} ` +
      `--member=${member(account)}`,
  );
}

async function lookAtProducers(topic: string, ask: PubSubQuestions): Promise<Finding> {
  const policy = await ask.policyOfTopic(topic);
  if (policy.kind === 'answer') return decideProducers(topic, policy.value);
  if (policy.kind === 'not-found') return needs('the topic, see above');
  return refused(policy, `who may publish on ${topic}`, policyLine(topic));
}

const policyLine = (topic: string): string =>
  `gcloud pubsub topics get-iam-policy ${forGcloud(topic)}`;
