import { isPubSubAgent, member, pubSubAgent } from '../../lib/project/accounts.ts';
import { forGcloud } from '../../lib/project/names.ts';
import type { PubSubQuestions, SubscriptionFound } from '../../lib/project/pubsub-questions.ts';
import { type Finding, failed, ok } from '../finding.ts';
import { refused } from '../pubsub/refusals.ts';
import { decideAttempts } from '../pubsub/settings.ts';

/** Where messages go that were handed back too often, and whether they arrive there. */
export async function lookAtDeadLetters(
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
