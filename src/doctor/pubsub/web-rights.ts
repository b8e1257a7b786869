import { member } from '../../lib/project/accounts.ts';
import type { Answer } from '../../lib/project/answers.ts';
import { accountEmail, OAUTH_WEB_ACCOUNT } from '../../lib/project/blueprint.ts';
import { forGcloud } from '../../lib/project/names.ts';
import type { Bindings } from '../../lib/project/pubsub-questions.ts';
import { type Finding, failed, needs, ok, unknown } from '../finding.ts';
import { refused } from './refusals.ts';

/* oauth-web is the process that browsers reach, and it needs nothing of Pub/Sub: whoever takes it over must not find more. */

/** A topic or a subscription, by its full name, and what is known of it. */
export interface Place<T> {
  kind: 'topics' | 'subscriptions';
  name: string;
  answer: Answer<T>;
}

/** What oauth-web's account was given, as whoever may see policies sees it: under the name that `npm run setup` gives it. */
export function decideWebRights(
  project: string | undefined,
  places: readonly Place<Bindings>[],
): Finding {
  if (project === undefined) return needs('GOOGLE_CLOUD_PROJECT');
  const account = member(accountEmail(project, OAUTH_WEB_ACCOUNT));
  const given = places.flatMap((place) =>
    place.answer.kind === 'answer'
      ? place.answer.value
          .filter(({ members }) => members.includes(account))
          .map(({ role }) => ({ ...place, role }))
      : [],
  );
  if (given.length > 0) {
    const rights = given.map(({ role, name }) => `${role} on ${name}`).join(', ');
    return failed(
      `oauth-web’s account has ${rights}: it needs nothing of Pub/Sub, and browsers reach it`,
      given.map((place) => removal(place, place.role, account)).join('\n'),
    );
  }
  for (const { kind, name, answer } of places) {
    if (answer.kind === 'answer' || answer.kind === 'not-found') continue;
    const line = `gcloud pubsub ${kind} get-iam-policy ${forGcloud(name)}`;
    return refused(answer, `whether oauth-web’s account has a right to ${name}`, line);
  }
  if (places.every(({ answer }) => answer.kind === 'not-found')) {
    return needs('the topic or the subscription, see above');
  }
  return ok(
    'oauth-web’s account was given no right to them (what it may do by a role in the project, it sees itself: --for oauth-web)',
  );
}

/** Whether the account that this runs as, oauth-web's, may do anything there: by a role in the project, too. */
export function decideOwnRights(
  { project, account }: { project: string | undefined; account: string | undefined },
  places: readonly Place<boolean>[],
): Finding {
  const name = account ?? 'ACCOUNT';
  const allowed = places.filter(({ answer }) => answer.kind === 'answer' && answer.value);
  if (allowed.length > 0) {
    const rights = allowed.map(({ kind, name: place }) => `${RIGHTS[kind].verb} ${place}`);
    return failed(
      `this account may ${rights.join(' and ')}: oauth-web needs nothing of Pub/Sub, and browsers reach it`,
      [
        'Give oauth-web an account of its own, which npm run setup makes. If this is it:',
        ...allowed.map((place) => removal(place, RIGHTS[place.kind].role, member(name))),
        `or, where it has the right by a role in the project: gcloud projects get-iam-policy ${project ?? 'PROJECT'} ` +
          `--flatten="bindings[].members" --filter="bindings.members:${name}" --format="value(bindings.role)"`,
      ].join('\n'),
    );
  }
  if (places.every(({ answer }) => answer.kind === 'answer')) {
    return ok('this account may neither publish nor consume, as it should be for oauth-web');
  }
  return unknown(
    'whether this account has a right to Pub/Sub can’t be told: it doesn’t answer, and oauth-web need not reach it',
    'Run npm run doctor as somebody who may see the policies.',
  );
}

const RIGHTS = {
  topics: { verb: 'publish on', role: 'roles/pubsub.publisher' },
  subscriptions: { verb: 'consume', role: 'roles/pubsub.subscriber' },
} as const;

function removal(
  { kind, name }: Pick<Place<unknown>, 'kind' | 'name'>,
  role: string,
  account: string,
): string {
  return `gcloud pubsub ${kind} remove-iam-policy-binding ${forGcloud(name)} --role=${role} --member=${account}`;
}
