import { CHAT_PUBLISHER, isChat, member } from '../../lib/project/accounts.ts';
import {
  accountEmail,
  OAUTH_WEB_ACCOUNT,
  PUBLISHER_ROLE,
  SUBSCRIBER_ACCOUNT,
} from '../../lib/project/blueprint.ts';
import { consolePages } from '../../lib/project/console.ts';
import { forGcloud } from '../../lib/project/names.ts';
import type { Bindings } from '../../lib/project/pubsub-questions.ts';
import { type Finding, failed, ok, unknown } from '../finding.ts';

/** Of the predefined roles, those with `pubsub.topics.publish` ("Access control" guide of Pub/Sub). */
const PUBLISHING = new Set([
  PUBLISHER_ROLE,
  'roles/pubsub.editor',
  'roles/pubsub.admin',
  'roles/editor',
  'roles/owner',
]);

/** Members that stand for more people than one knows. */
const BROAD =
  /^(allUsers$|allAuthenticatedUsers$|domain:|group:|project(Viewer|Editor|Owner):|principalSet:)/;

export interface Publishers {
  topic: string;
  project: string | undefined;
  bindings: Bindings;
  /** Of the credentials: the subscriber's, mostly. */
  account: string | undefined;
}

/** Whether Chat may publish. A wrong account fails silently: IAM takes it, and the topic stays empty. */
export function decideChat({ topic, project, bindings }: Publishers): Finding {
  const publishing = publishersIn(bindings);
  const chat = publishing.filter(isChat);
  const { chatApp } = consolePages(project);
  if (chat.length > 0) {
    return ok(
      `Chat may publish, as ${chat.join(', ')}: see that it is the account that the Chat API page shows, if it shows one`,
    );
  }
  const others = publishing.length === 0 ? '' : ` (only ${publishing.join(', ')})`;
  return failed(
    `none of the accounts that Chat publishes with may publish on the topic${others}: people read “not responding”, and nothing arrives`,
    `gcloud pubsub topics add-iam-policy-binding ${forGcloud(topic)} --role=${PUBLISHER_ROLE} --member=${member(CHAT_PUBLISHER)}\n` +
      `or, for an add-on, with the service account that the Chat API page shows: ${chatApp}`,
  );
}

/** Whether somebody else may: events carry no signature, so whoever may publish speaks for every connected person. */
export function decideOthers({ topic, project, bindings, account }: Publishers): Finding {
  const known = new Set([
    ...(account === undefined ? [] : [member(account)]),
    // What oauth-web's may, is told apart.
    ...(project === undefined
      ? []
      : [SUBSCRIBER_ACCOUNT, OAUTH_WEB_ACCOUNT].map((id) => member(accountEmail(project, id)))),
  ]);
  const isStranger = (name: string): boolean => !isChat(name) && !known.has(name);
  const strangers = publishersIn(bindings).filter(isStranger);
  const removal = removals(topic, bindings, isStranger).join('\n');
  const names = strangers.join(', ');
  if (strangers.some((name) => BROAD.test(name))) {
    return failed(
      `far too many may publish on the topic (${names}): whoever may, speaks for every connected person`,
      removal,
    );
  }
  if (strangers.length > 0) {
    return unknown(
      `these may publish on the topic, too, and so speak for every connected person: ${names}`,
      `If none of them is the subscriber’s:\n${removal}`,
    );
  }
  return ok(
    'nobody else was given the right to publish; owners and editors of the project have it',
  );
}

/** Who may post as the app in all its spaces, by a notification. Which systems should, only their owner knows. */
export function decideProducers(topic: string, bindings: Bindings): Finding {
  const publishing = publishersIn(bindings);
  if (publishing.some((name) => BROAD.test(name))) {
    return failed(
      `far too many may publish notifications (${publishing.join(', ')}): whoever may, posts as the app in every space that it is in`,
      removals(topic, bindings, (name) => BROAD.test(name)).join('\n'),
    );
  }
  const who =
    publishing.length === 0
      ? 'nobody but the project’s'
      : `${publishing.join(', ')}, and the project’s`;
  return ok(`notifications may be published by ${who} owners and editors`);
}

/** A line for each role by which somebody publishes that isn't to. */
function removals(
  topic: string,
  bindings: Bindings,
  isStranger: (name: string) => boolean,
): string[] {
  return bindings
    .filter(({ role }) => PUBLISHING.has(role))
    .flatMap(({ role, members }) => members.filter(isStranger).map((name) => ({ role, name })))
    .map(
      ({ role, name }) =>
        `gcloud pubsub topics remove-iam-policy-binding ${forGcloud(topic)} --role=${role} --member=${name}`,
    );
}

function publishersIn(bindings: Bindings): string[] {
  return bindings
    .filter(({ role }) => PUBLISHING.has(role))
    .flatMap(({ members }) => members)
    .filter((name, index, all) => all.indexOf(name) === index);
}
