import { PubSub } from '@google-cloud/pubsub';
import { type Answer, ask } from '../../lib/project/answers.ts';
import type { SubscriptionPlan } from '../../lib/project/blueprint.ts';
import { fullName } from '../../lib/project/blueprint.ts';
import { openQuestions, type PubSubQuestions } from '../../lib/project/pubsub-questions.ts';
import { GRPC } from '../../lib/store/firestore/errors.ts';
import { type Grant, withGrants } from '../policy.ts';
import { SetupError } from '../step.ts';

/** A setting of a subscription, as Pub/Sub calls it. A subscription's topic can't be changed. */
export type Setting = keyof ReturnType<typeof settings>;

/** A topic or a subscription. */
export interface Place {
  kind: 'topics' | 'subscriptions';
  id: string;
}

/** What set-up asks of Pub/Sub, and has it do. What makes or changes something throws {@link SetupError}. */
export interface PubSubAdmin
  extends Pick<
    PubSubQuestions,
    'topic' | 'subscription' | 'policyOfTopic' | 'policyOfSubscription' | 'close'
  > {
  createTopic(id: string): Promise<void>;
  createSubscription(plan: SubscriptionPlan): Promise<void>;
  /** These settings of it, and no others. */
  changeSubscription(plan: SubscriptionPlan, which: readonly Setting[]): Promise<void>;
  give(place: Place, grant: Grant): Promise<void>;
}

export function openPubSubAdmin(project: string): PubSubAdmin {
  const questions = openQuestions(project);
  const pubsub = new PubSub({ projectId: project });
  return {
    ...questions,
    createTopic: (id) => done(`the topic ${id}`, () => pubsub.createTopic(id)),
    createSubscription: (plan) =>
      done(`the subscription ${plan.id}`, () =>
        pubsub.createSubscription(plan.topic, plan.id, {
          ...settings(project, plan),
          enableMessageOrdering: plan.isOrdered ?? false,
        }),
      ),
    changeSubscription: (plan, which) =>
      done(`the subscription ${plan.id}`, () => {
        const all = Object.entries(settings(project, plan));
        const changes = Object.fromEntries(
          all.filter(([name]) => which.some((one) => one === name)),
        );
        return pubsub.subscription(plan.id).setMetadata(changes);
      }),
    give: ({ kind, id }, grant) =>
      done(`${grant.role} on ${id}`, async () => {
        const { iam } = kind === 'topics' ? pubsub.topic(id) : pubsub.subscription(id);
        // With the etag of what was read: a change in between is refused, not lost.
        const [before] = await iam.getPolicy();
        await iam.setPolicy({ ...before, bindings: withGrants(before.bindings ?? [], [grant]) });
      }),
    async close() {
      await Promise.all([questions.close(), pubsub.close()]);
    },
  };
}

function settings(project: string, plan: SubscriptionPlan) {
  const { retry, deadLetter } = plan;
  return {
    ackDeadlineSeconds: plan.ackDeadlineSeconds,
    messageRetentionDuration: plan.retentionSeconds,
    // Without a time to live: never.
    expirationPolicy: {},
    retryPolicy:
      retry === undefined
        ? null
        : {
            minimumBackoff: { seconds: retry.minimumSeconds },
            maximumBackoff: { seconds: retry.maximumSeconds },
          },
    deadLetterPolicy:
      deadLetter === undefined
        ? null
        : {
            deadLetterTopic: fullName(project, 'topics', deadLetter.topic),
            maxDeliveryAttempts: deadLetter.maxDeliveryAttempts,
          },
  };
}

async function done(what: string, work: () => Promise<unknown>): Promise<void> {
  const answer = await ask(work);
  if (answer.kind !== 'answer') throw new SetupError(explain(answer, what));
}

/** What a question or an order that Pub/Sub didn't answer comes to. */
export function explain(
  answer: Exclude<Answer<unknown>, { kind: 'answer' }>,
  what: string,
): string {
  switch (answer.kind) {
    case 'denied':
      return `${what}: you may not do or see that. Be an owner of the project, or have one run this; see that the API is enabled.`;
    case 'unauthenticated':
      return `${what}: no credentials. Sign in: gcloud auth application-default login.`;
    case 'unimplemented':
      return `${what}: the emulator doesn’t do that.`;
    case 'not-found':
      return `${what}: what it belongs to isn’t there.`;
    case 'no-answer':
      if (answer.code === GRPC.invalidArgument) {
        return `${what}: not accepted. An account that was made a moment ago may not be known yet: run this again.`;
      }
      return `${what}: no answer${answer.code === undefined ? '' : ` (gRPC status ${answer.code})`}. Check the network and the proxy: npm run doctor.`;
  }
}
