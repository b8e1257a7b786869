import { member, pubSubAgent } from '../../lib/project/accounts.ts';
import {
  accountEmail,
  type Blueprint,
  PUBLISHER_ROLE,
  SUBSCRIBER_ROLE,
} from '../../lib/project/blueprint.ts';
import { type Grant, missingGrants } from '../policy.ts';
import { SetupError, type Stage, type Step } from '../step.ts';
import { explain, type Place, type PubSubAdmin } from './pubsub-admin.ts';

/** One role on one topic or subscription. */
interface Wanted extends Grant {
  place: Place;
}

export interface PublishersOptions {
  /** Undefined: there is none to ask, as with an emulator. */
  projectNumber: (() => Promise<string>) | undefined;
  /** Whether the processes' accounts exist: an emulator has none. */
  hasAccounts: boolean;
}

/**
 * Who may publish and consume: Chat, the subscriber, who sends notifications, and Pub/Sub itself for the dead letters. oauth-web
 * is not among them.
 */
export function publishersStage(
  plan: Blueprint,
  admin: PubSubAdmin,
  { projectNumber, hasAccounts }: PublishersOptions,
): Stage {
  return {
    title: 'Who may publish and consume',
    async look() {
      const agent = projectNumber && member(pubSubAgent(await projectNumber()));
      const wanted = [
        ...ofChat(plan),
        ...ofProducer(plan),
        ...(hasAccounts ? ofProcesses(plan) : []),
        ...(agent === undefined ? [] : ofAgent(plan, agent)),
      ];
      return Promise.all(wanted.map((one) => stepFor(one, admin)));
    },
  };
}

const onTopic = (id: string): Place => ({ kind: 'topics', id });
const onSubscription = (id: string): Place => ({ kind: 'subscriptions', id });

function ofChat({ topic, publisher }: Blueprint): Wanted[] {
  return [{ place: onTopic(topic), role: PUBLISHER_ROLE, member: member(publisher) }];
}

function ofProcesses(plan: Blueprint): Wanted[] {
  const { project, topic, subscription, notifications, serviceAccounts } = plan;
  const pulled = [subscription, ...(notifications ? [notifications.subscription] : [])];
  return serviceAccounts.flatMap((account) => {
    const name = member(accountEmail(project, account.id));
    return [
      ...account.onTopic.map((role) => ({ place: onTopic(topic), role, member: name })),
      ...pulled.flatMap(({ id }) =>
        account.onSubscription.map((role) => ({ place: onSubscription(id), role, member: name })),
      ),
    ];
  });
}

/** Of notifications. Not ours, so that it exists even where the processes' accounts don't. */
function ofProducer({ notifications }: Blueprint): Wanted[] {
  if (notifications?.producer === undefined) return [];
  const place = onTopic(notifications.topic);
  return [{ place, role: PUBLISHER_ROLE, member: member(notifications.producer) }];
}

function ofAgent({ subscription, deadLetters }: Blueprint, agent: string): Wanted[] {
  return [
    { place: onTopic(deadLetters.topic), role: PUBLISHER_ROLE, member: agent },
    { place: onSubscription(subscription.id), role: SUBSCRIBER_ROLE, member: agent },
  ];
}

async function stepFor({ place, ...grant }: Wanted, admin: PubSubAdmin): Promise<Step> {
  const what = `${grant.role} on ${place.id} for ${grant.member}`;
  const apply = () => admin.give(place, grant);
  const found = await (place.kind === 'topics'
    ? admin.policyOfTopic(place.id)
    : admin.policyOfSubscription(place.id));
  // Not there yet: it is made before this.
  if (found.kind === 'not-found') return { kind: 'create', what, apply };
  if (found.kind === 'unimplemented') {
    return { kind: 'left-out', what, why: 'the emulator doesn’t do IAM' };
  }
  if (found.kind !== 'answer') throw new SetupError(explain(found, what));
  const bindings = found.value.map(({ role, members }) => ({ role, members: [...members] }));
  return missingGrants(bindings, [grant]).length === 0
    ? { kind: 'there', what }
    : { kind: 'create', what, apply };
}
