import { CHAT_PUBLISHER, member, pubSubAgent } from '../../../src/lib/project/accounts.ts';
import { PUBLISHER_ROLE, SUBSCRIBER_ROLE } from '../../../src/lib/project/blueprint.ts';
import type { Practice } from '../practice.ts';
import type { BrokenSetUp } from './set-up.ts';

const OAUTH_WEB = 'serviceAccount:postern-oauth-web@postern-test.iam.gserviceaccount.com';

type Settings = Parameters<Practice['google']['pubsub']['createSubscription']>[0];

/** A subscription of the topic that differs from a good one in something. */
const subscribe =
  (id: string, differs: Partial<Settings>) =>
  ({ google, project }: Practice) => {
    google.pubsub.createSubscription({
      name: `projects/${project}/subscriptions/${id}`,
      topic: google.topic,
      retryPolicy: {},
      description: { expirationPolicy: {} },
      ...differs,
    });
    return { PUBSUB_SUBSCRIPTION: id };
  };

/** A subscription whose dead letters go to a topic of their own: well but for what is said. */
const withDeadLetters =
  (id: string, { maxDeliveryAttempts = 100, isKept = true, isOpen = true }) =>
  (practice: Practice) => {
    const { pubsub } = practice.google;
    const name = `projects/${practice.project}/topics/${id}-dead-letters`;
    pubsub.createTopic(name);
    if (isKept) subscribe(`${id}-dead-letters`, { topic: name })(practice);
    const members = isOpen ? [member(pubSubAgent('1'))] : [];
    pubsub.setPolicy(name, [{ role: PUBLISHER_ROLE, members }]);
    return subscribe(id, { deadLetterPolicy: { deadLetterTopic: name, maxDeliveryAttempts } })(
      practice,
    );
  };

const publishers = ({ google, credentials }: Practice, ...others: string[]): void => {
  const own = member(credentials.serviceAccount.clientEmail);
  google.pubsub.setPolicy(google.topic, [{ role: PUBLISHER_ROLE, members: [own, ...others] }]);
};
const mend = (practice: Practice): void => publishers(practice, member(CHAT_PUBLISHER));

export const PUBSUB: readonly BrokenSetUp[] = [
  {
    what: 'a subscription that isn’t there',
    break: () => ({ PUBSUB_SUBSCRIPTION: 'postren' }),
    area: 'Pub/Sub',
    cause: /there is no subscription projects\/postern-test\/subscriptions\/postren/,
    remedy:
      /Correct PUBSUB_SUBSCRIPTION.*\n.*gcloud pubsub subscriptions create postren --project=postern-test --topic=projects\/postern-test\/topics\/postern /,
  },
  {
    what: 'a subscription of another topic',
    break: () => ({ PUBSUB_SUBSCRIPTION: 'postern-notifications' }),
    area: 'Pub/Sub',
    cause: /is a subscription of projects\/postern-test\/topics\/notifications, and PUBSUB_TOPIC/,
    remedy: /Set PUBSUB_TOPIC .* or PUBSUB_SUBSCRIPTION/,
  },
  {
    what: 'a subscription whose topic was deleted',
    async break(practice) {
      practice.google.pubsub.createTopic(`projects/${practice.project}/topics/short-lived`);
      const changes = subscribe('orphan', {
        topic: `projects/${practice.project}/topics/short-lived`,
      })(practice);
      practice.google.pubsub.deleteTopic(`projects/${practice.project}/topics/short-lived`);
      return changes;
    },
    area: 'Pub/Sub',
    cause: /the topic of .*\/orphan has been deleted/,
    remedy: /Delete the subscription.*npm run setup -- --project=postern-test/,
  },
  {
    what: 'a topic that isn’t there',
    break: () => ({ PUBSUB_TOPIC: 'nowhere' }),
    area: 'Pub/Sub',
    cause: /there is no topic projects\/postern-test\/topics\/nowhere/,
    remedy: /Correct PUBSUB_TOPIC, or create it: npm run setup/,
    also: [/is a subscription of .*\/postern, and PUBSUB_TOPIC says .*\/nowhere/],
  },
  {
    what: 'a subscription that the account may not consume',
    break({ google }) {
      google.pubsub.allow(google.subscription, false);
      return {};
    },
    mend: ({ google }) => google.pubsub.allow(google.subscription, true),
    area: 'Pub/Sub',
    cause: /may not consume projects\/postern-test\/subscriptions\/postern/,
    remedy:
      /gcloud pubsub subscriptions add-iam-policy-binding postern --project=postern-test --role=roles\/pubsub.subscriber --member=serviceAccount:postern@postern-test\.iam\.gserviceaccount\.com/,
  },
  {
    what: 'an account for Chat that isn’t one',
    break(practice) {
      publishers(practice, 'serviceAccount:chat-api@system.gserviceaccount.com');
      return {};
    },
    mend,
    area: 'Pub/Sub',
    cause: /none of the accounts that Chat publishes with .*chat-api@system.* nothing arrives/,
    remedy:
      /gcloud pubsub topics add-iam-policy-binding postern --project=postern-test --role=roles\/pubsub.publisher --member=serviceAccount:chat-api-push@system.gserviceaccount.com\n.*hangouts-chat\?project=postern-test/,
    unknown: [
      /these may publish on the topic, too, .*: serviceAccount:chat-api@system\.gserviceaccount\.com$/,
    ],
  },
  {
    what: 'a topic that everybody may publish to',
    break(practice) {
      publishers(practice, member(CHAT_PUBLISHER), 'allUsers');
      return {};
    },
    mend,
    area: 'Pub/Sub',
    cause: /far too many may publish .*allUsers.*speaks for every connected person/,
    remedy:
      /gcloud pubsub topics remove-iam-policy-binding postern --project=postern-test --role=roles\/pubsub.publisher --member=allUsers/,
  },
  {
    what: 'an account of oauth-web that may publish',
    break(practice) {
      publishers(practice, member(CHAT_PUBLISHER), OAUTH_WEB);
      return {};
    },
    mend,
    area: 'Pub/Sub',
    cause:
      /oauth-web’s account has roles\/pubsub\.publisher on projects\/postern-test\/topics\/postern: it needs nothing of Pub\/Sub/,
    remedy:
      /gcloud pubsub topics remove-iam-policy-binding postern --project=postern-test --role=roles\/pubsub\.publisher --member=serviceAccount:postern-oauth-web@postern-test\.iam/,
  },
  {
    what: 'an account of oauth-web that may consume',
    break({ google }) {
      const binding = { role: SUBSCRIBER_ROLE, members: [OAUTH_WEB] };
      google.pubsub.setPolicy(google.subscription, [binding]);
      return {};
    },
    mend: ({ google }) => google.pubsub.setPolicy(google.subscription, []),
    area: 'Pub/Sub',
    cause: /oauth-web’s account has roles\/pubsub\.subscriber on .*\/subscriptions\/postern:/,
    remedy: /gcloud pubsub subscriptions remove-iam-policy-binding postern --project=postern-test /,
  },
  {
    what: 'a subscription without a retry policy',
    break: subscribe('impatient', { retryPolicy: undefined }),
    area: 'Pub/Sub',
    cause: /no retry policy.*comes again at once/,
    remedy:
      /gcloud pubsub subscriptions update impatient --project=postern-test --min-retry-delay=10s --max-retry-delay=600s/,
  },
  {
    what: 'a subscription that expires',
    break: subscribe('mortal', { description: {} }),
    area: 'Pub/Sub',
    cause: /it expires: .* for 31 days/,
    remedy: /subscriptions update mortal --project=postern-test --expiration-period=never/,
  },
  {
    what: 'a subscription that forgets within the hour',
    break: subscribe('forgetful', {
      description: { expirationPolicy: {}, messageRetentionMs: 600_000 },
    }),
    area: 'Pub/Sub',
    cause: /dropped after 600 s/,
    remedy: /subscriptions update forgetful .*--message-retention-duration=7d/,
  },
  {
    what: 'dead letters after a few attempts',
    break: withDeadLetters('hasty', { maxDeliveryAttempts: 5 }),
    area: 'Pub/Sub',
    cause: /after 5 deliveries .*a short one would move people’s requests away/,
    remedy: /subscriptions update hasty .*--max-delivery-attempts=100/,
  },
  {
    what: 'a dead-letter topic that nothing keeps',
    break: withDeadLetters('leaky', { isKept: false }),
    area: 'Pub/Sub',
    cause:
      /the dead-letter topic .*\/leaky-dead-letters has no subscription: what goes there is lost/,
    remedy:
      /subscriptions create leaky-dead-letters .*--topic=projects\/postern-test\/topics\/leaky-dead-letters/,
  },
  {
    what: 'a dead-letter topic that Pub/Sub itself may not publish on',
    break: withDeadLetters('stuck', { isOpen: false }),
    area: 'Pub/Sub',
    cause: /Pub\/Sub’s own account may not publish on .*\/stuck-dead-letters/,
    remedy:
      /topics add-iam-policy-binding stuck-dead-letters .*--member="serviceAccount:service-\$\(gcloud projects describe postern-test .*@gcp-sa-pubsub\./,
  },
  {
    what: 'a dead-letter topic that was deleted',
    async break(practice) {
      const changes = withDeadLetters('gone', { isKept: false })(practice);
      practice.google.pubsub.deleteTopic(`projects/${practice.project}/topics/gone-dead-letters`);
      return changes;
    },
    area: 'Pub/Sub',
    cause: /the dead-letter topic .*\/gone-dead-letters doesn’t exist/,
    remedy: /gcloud pubsub topics create gone-dead-letters --project=postern-test/,
  },
  {
    what: 'a topic of notifications that everybody may publish to',
    break({ google }) {
      const binding = { role: PUBLISHER_ROLE, members: ['allAuthenticatedUsers'] };
      google.pubsub.setPolicy(google.notifications.topic, [binding]);
      return {};
    },
    mend: ({ google }) => google.pubsub.setPolicy(google.notifications.topic, []),
    area: 'Pub/Sub',
    cause: /far too many may publish notifications \(allAuthenticatedUsers\)/,
    remedy:
      /topics remove-iam-policy-binding notifications .*--role=roles\/pubsub\.publisher --member=allAuthenticatedUsers/,
  },
  {
    what: 'a subscription for notifications that isn’t there',
    break: () => ({ NOTIFICATIONS_SUBSCRIPTION: 'nowhere' }),
    area: 'Pub/Sub',
    cause: /there is no subscription projects\/postern-test\/subscriptions\/nowhere/,
    remedy:
      /Correct NOTIFICATIONS_SUBSCRIPTION, or create it: npm run setup -- --project=postern-test --notifications\n.* create nowhere .*--topic=notifications .*--enable-message-ordering/,
  },
  {
    what: 'an emulator that isn’t there',
    break: () => ({ PUBSUB_EMULATOR_HOST: '127.0.0.1:1' }),
    area: 'Network',
    cause: /127\.0\.0\.1:1 \(the emulator of Pub\/Sub\) isn’t reached \(ECONNREFUSED\)/,
    remedy: /Start what PUBSUB_EMULATOR_HOST names, or .* leave it out/,
    skips: [/^needs 127\.0\.0\.1:1, see above$/],
  },
];
