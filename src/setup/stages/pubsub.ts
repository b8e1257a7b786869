import { type Blueprint, fullName, type SubscriptionPlan } from '../../lib/project/blueprint.ts';
import type { SubscriptionFound } from '../../lib/project/pubsub-questions.ts';
import { SetupError, type Stage, type Step } from '../step.ts';
import { explain, type PubSubAdmin, type Setting } from './pubsub-admin.ts';

/** The topic of Chat's events, that for what could not be delivered, and that of notifications. */
export function topicsStage(
  { topic, deadLetters, notifications }: Blueprint,
  admin: PubSubAdmin,
): Stage {
  return {
    title: 'Topics',
    look: () =>
      Promise.all(
        [topic, deadLetters.topic, ...(notifications ? [notifications.topic] : [])].map(
          async (id): Promise<Step> => {
            const what = `the topic ${id}`;
            const found = await admin.topic(id);
            if (found.kind === 'answer') return { kind: 'there', what };
            if (found.kind !== 'not-found') throw new SetupError(explain(found, what));
            return { kind: 'create', what, apply: () => admin.createTopic(id) };
          },
        ),
      ),
  };
}

/** Their subscriptions. */
export function subscriptionsStage(plan: Blueprint, admin: PubSubAdmin): Stage {
  return {
    title: 'Subscriptions',
    // The dead letters first: what goes there is to be kept from the beginning.
    look: () =>
      Promise.all(
        [
          plan.deadLetters.subscription,
          plan.subscription,
          ...(plan.notifications ? [plan.notifications.subscription] : []),
        ].map((wanted) => stepFor(wanted, plan.project, admin)),
      ),
  };
}

async function stepFor(
  wanted: SubscriptionPlan,
  project: string,
  admin: PubSubAdmin,
): Promise<Step> {
  const what = `the subscription ${wanted.id} of ${wanted.topic}`;
  const found = await admin.subscription(wanted.id);
  if (found.kind === 'not-found') {
    return {
      kind: 'create',
      what: `${what}: ${describe(wanted)}`,
      apply: () => admin.createSubscription(wanted),
    };
  }
  if (found.kind !== 'answer') throw new SetupError(explain(found, what));
  if (found.value.topic !== fullName(project, 'topics', wanted.topic)) {
    const remedy = `It is on ${found.value.topic}, which can’t be changed: delete it, or name another by --subscription.`;
    return { kind: 'blocked', what, remedy };
  }
  if (wanted.isOrdered && !found.value.isOrdered) {
    const remedy =
      'It does not keep the order of ordering keys, which can’t be changed: delete it.';
    return { kind: 'blocked', what, remedy };
  }
  const differences = compare(found.value, wanted, project);
  if (differences.length === 0) return { kind: 'there', what };
  return {
    kind: 'change',
    what: `${what}: ${differences.map(({ words }) => words).join('; ')}`,
    apply: () =>
      admin.changeSubscription(
        wanted,
        differences.map(({ setting }) => setting),
      ),
  };
}

/** What differs, and in words: `from → to`. What isn't wanted in any way is left as it is. */
function compare(
  found: SubscriptionFound,
  wanted: SubscriptionPlan,
  project: string,
): { setting: Setting; words: string }[] {
  const before = inWords(found);
  const after = inWords({
    ...wanted,
    deadLetter: wanted.deadLetter && {
      ...wanted.deadLetter,
      topic: fullName(project, 'topics', wanted.deadLetter.topic),
    },
  });
  return after.flatMap(({ setting, name, value }, index) => {
    const was = before[index]?.value;
    if (was === value || value === undefined) return [];
    return [{ setting, words: `${name} ${was ?? 'none'} → ${value}` }];
  });
}

type Described = Pick<SubscriptionFound, 'ackDeadlineSeconds' | 'retentionSeconds'> &
  Partial<Pick<SubscriptionFound, 'retry' | 'expiresAfterSeconds' | 'deadLetter'>>;

interface InWords {
  setting: Setting;
  name: string;
  value: string | undefined;
}

/** Always the same settings, in the same order. */
function inWords(of: Described): InWords[] {
  const { retry, deadLetter, retentionSeconds, expiresAfterSeconds: expiry } = of;
  return [
    { setting: 'ackDeadlineSeconds', name: 'ack deadline', value: `${of.ackDeadlineSeconds} s` },
    {
      setting: 'messageRetentionDuration',
      name: 'retention',
      value: retentionSeconds === undefined ? undefined : `${retentionSeconds} s`,
    },
    {
      setting: 'expirationPolicy',
      name: 'expires',
      value: expiry === undefined ? 'never' : `after ${expiry} s`,
    },
    {
      setting: 'retryPolicy',
      name: 'retry',
      value: retry && `${retry.minimumSeconds} s to ${retry.maximumSeconds} s`,
    },
    {
      setting: 'deadLetterPolicy',
      name: 'dead letters',
      value: deadLetter && `${deadLetter.topic} after ${deadLetter.maxDeliveryAttempts} attempts`,
    },
  ];
}

function describe(wanted: SubscriptionPlan): string {
  const settings = inWords(wanted).flatMap(({ name, value }) =>
    value === undefined ? [] : [`${name} ${value}`],
  );
  return [...settings, ...(wanted.isOrdered ? ['in order'] : [])].join(', ');
}
