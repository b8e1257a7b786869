import { member } from '../../lib/project/accounts.ts';
import { PUBLISHER_ROLE } from '../../lib/project/blueprint.ts';
import { consolePages } from '../../lib/project/console.ts';
import { forGcloud, nameIn } from '../../lib/project/names.ts';
import type { PubSubQuestions } from '../../lib/project/pubsub-questions.ts';
import type { Scene } from '../check.ts';
import { about, type Finding, failed, ok, type Result } from '../finding.ts';
import { decideChat, decideOthers } from '../pubsub/publishers.ts';
import { refused } from '../pubsub/refusals.ts';
import { accountEmail } from './credentials.ts';

/** The topic that Chat publishes to, and the relay as well: who may. */
export async function lookAtTopic(
  topic: string,
  scene: Scene,
  ask: PubSubQuestions,
): Promise<Result[]> {
  const { project } = scene;
  const name = nameIn(project, 'topics', topic);
  const [found, publish, policy] = await Promise.all([
    ask.topic(name),
    ask.mayPublish(name),
    ask.policyOfTopic(name),
  ]);
  if (found.kind === 'not-found') return [about('topic', missing(name, project))];
  const existence =
    found.kind === 'answer'
      ? ok(`${name} is there: the Chat API page has to name it, ${consolePages(project).chatApp}`)
      : refused(found, name, `gcloud pubsub topics describe ${forGcloud(name)}`);
  const publishing =
    publish.kind === 'answer'
      ? decidePublish(name, publish.value, await accountEmail())
      : publish.kind === 'not-found'
        ? missing(name, project)
        : refused(publish, `whether ${name} may be published to`, policyLine(name));
  return [
    about('topic', existence),
    about('topic-publish', publishing),
    ...(await decidePolicy(name, scene, policy)),
  ];
}

async function decidePolicy(
  name: string,
  { project }: Scene,
  policy: Awaited<ReturnType<PubSubQuestions['policyOfTopic']>>,
): Promise<Result[]> {
  if (policy.kind === 'not-found') return [];
  if (policy.kind !== 'answer') {
    return [about('publishers', refused(policy, `who may publish on ${name}`, policyLine(name)))];
  }
  const account = await accountEmail();
  const publishers = { topic: name, project, bindings: policy.value, account };
  return [
    about('publisher-chat', decideChat(publishers)),
    about('publishers-others', decideOthers(publishers)),
  ];
}

function missing(name: string, project: string | undefined): Finding {
  return failed(
    `there is no topic ${name}`,
    `Correct PUBSUB_TOPIC, or create it: npm run setup -- --project=${project ?? 'PROJECT'}`,
  );
}

function decidePublish(name: string, may: boolean, account = 'ACCOUNT'): Finding {
  if (may) return ok('this account may publish on it, as the relay does');
  return failed(
    `this account may not publish on ${name}: what waited for a consent never comes back`,
    `gcloud pubsub topics add-iam-policy-binding ${forGcloud(name)} --role=${PUBLISHER_ROLE} ` +
      `--member=${member(account)}`,
  );
}

const policyLine = (name: string): string =>
  `gcloud pubsub topics get-iam-policy ${forGcloud(name)}`;
