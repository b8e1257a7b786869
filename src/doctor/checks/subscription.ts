import { isPubSubAgent, member, pubSubAgent } from '../../lib/project/accounts.ts';
import { SUBSCRIBER_ROLE } from '../../lib/project/blueprint.ts';
import { forGcloud, nameIn } from '../../lib/project/names.ts';
import type { PubSubQuestions, SubscriptionFound } from '../../lib/project/pubsub-questions.ts';
import type { Scene } from '../check.ts';
import { about, type Finding, failed, ok, type Result } from '../finding.ts';
import { refused } from '../pubsub/refusals.ts';
import {
  decideAckDeadline,
  decideAttempts,
  decideExpiry,
  decideRetention,
  decideRetry,
} from '../pubsub/settings.ts';
import { accountEmail } from './credentials.ts';

export interface Pulled {
  /** The variable that names it. */
  variable: 'PUBSUB_SUBSCRIPTION' | 'NOTIFICATIONS_SUBSCRIPTION';
  subscription: string;
  /** Whose it has to be; undefined: anybody's. */
  topic: string | undefined;
}

/** All there is to see of a subscription that the subscriber pulls. */
export async function lookAtSubscription(
  { variable, subscription, topic }: Pulled,
  scene: Scene,
  ask: PubSubQuestions,
): Promise<Result[]> {
  const name = nameIn(scene.project, 'subscriptions', subscription);
  const [found, consume] = await Promise.all([ask.subscription(name), ask.mayConsume(name)]);
  const check = (what: string, finding: Finding): Result =>
    about(variable === 'PUBSUB_SUBSCRIPTION' ? what : `notifications-${what}`, finding);
  if (found.kind === 'not-found') {
    return [check('subscription', missing(variable, name, topic, scene))];
  }
  const consumable = check(
    'subscription-consume',
    consume.kind === 'answer'
      ? decideConsume(name, consume.value, await accountEmail())
      : consume.kind === 'not-found'
        ? missing(variable, name, topic, scene)
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
  ];
}

const describe = (name: string): string =>
  `gcloud pubsub subscriptions describe ${forGcloud(name)}`;

function missing(
  variable: string,
  name: string,
  topic: string | undefined,
  { project }: Scene,
): Finding {
  const on = topic === undefined ? '' : ` --topic=${nameIn(project, 'topics', topic)}`;
  return failed(
    `there is no subscription ${name}`,
    `Correct ${variable}, or create it: npm run setup -- --project=${project ?? 'PROJECT'}\n` +
      `or gcloud pubsub subscriptions create ${forGcloud(name)}${on} --ack-deadline=60 --expiration-period=never ` +
      '--message-retention-duration=7d --min-retry-delay=10s --max-retry-delay=600s',
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

/** Where messages go that were handed back too often, and whether they arrive there. */
async function lookAtDeadLetters(
  name: string,
  { deadLetter }: SubscriptionFound,
  ask: PubSubQuestions,
): Promise<[what: string, finding: Finding][]> {
  if (deadLetter === undefined) {
    return [
      [
        'dead-letters',
        ok('it has no dead-letter topic: Postern itself gives up after five failures'),
      ],
    ];
  }
  const { topic } = deadLetter;
  const [readers, policy] = await Promise.all([
    ask.subscriptionsOf(topic),
    ask.policyOfTopic(topic),
  ]);
  const kept: [what: string, finding: Finding][] = [
    ['dead-letters', decideAttempts(name, deadLetter)],
    ['dead-letters-kept', decideReaders(topic, readers)],
  ];
  // It is told already.
  if (policy.kind === 'not-found' && readers.kind === 'not-found') return kept;
  return [
    ...kept,
    [
      'dead-letters-publisher',
      policy.kind === 'answer'
        ? decideAgent(topic, policy.value.flatMap(({ members }) => members).some(isPubSubAgent))
        : policy.kind === 'not-found'
          ? decideReaders(topic, policy)
          : refused(policy, `who may publish on ${topic}`, policyLine(topic)),
    ],
  ];
}

function decideReaders(
  topic: string,
  readers: Awaited<ReturnType<PubSubQuestions['subscriptionsOf']>>,
): Finding {
  const id = forGcloud(topic);
  if (readers.kind === 'not-found') {
    return failed(
      `the dead-letter topic ${topic} doesn’t exist: what goes there is lost`,
      `gcloud pubsub topics create ${id}`,
    );
  }
  if (readers.kind !== 'answer') {
    return refused(
      readers,
      `whether ${topic} keeps anything`,
      `gcloud pubsub topics list-subscriptions ${id}`,
    );
  }
  if (readers.value > 0)
    return ok('the dead-letter topic has a subscription, which keeps what goes there');
  return failed(
    `the dead-letter topic ${topic} has no subscription: what goes there is lost`,
    `gcloud pubsub subscriptions create ${id} --topic=${topic} --expiration-period=never --message-retention-duration=31d`,
  );
}

function decideAgent(topic: string, may: boolean): Finding {
  if (may) return ok('Pub/Sub’s own account may publish on the dead-letter topic');
  return failed(
    `Pub/Sub’s own account may not publish on ${topic}: nothing goes there, and failing messages come again and again`,
    `gcloud pubsub topics add-iam-policy-binding ${forGcloud(topic)} --role=roles/pubsub.publisher ` +
      `--member="${member(pubSubAgent(projectNumberOf(topic)))}"`,
  );
}

/** For a shell to find out. */
const projectNumberOf = (topic: string): string =>
  `$(gcloud projects describe ${topic.split('/')[1] ?? ''} --format='value(projectNumber)')`;

const policyLine = (topic: string): string =>
  `gcloud pubsub topics get-iam-policy ${forGcloud(topic)}`;
