import { describe } from 'node:test';
import { CHAT_PUBLISHER, member } from '../../src/lib/project/accounts.ts';
import { PUBLISHER_ROLE } from '../../src/lib/project/blueprint.ts';
import { broken } from './cases.ts';
import type { Practice } from './practice.ts';

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

const publishers = ({ google, credentials }: Practice, ...others: string[]): void => {
  const own = member(credentials.serviceAccount.clientEmail);
  google.pubsub.setPolicy(google.topic, [{ role: PUBLISHER_ROLE, members: [own, ...others] }]);
};
const mend = (practice: Practice): void => publishers(practice, member(CHAT_PUBLISHER));

describe('the doctor, of what is wrong with Pub/Sub,', () => {
  broken([
    {
      what: 'a subscription that isn’t there',
      break: () => ({ PUBSUB_SUBSCRIPTION: 'postren' }),
      check: 'subscription',
      cause: /there is no subscription projects\/postern-test\/subscriptions\/postren/,
      remedy:
        /Correct PUBSUB_SUBSCRIPTION.*\n.*gcloud pubsub subscriptions create postren --project=postern-test --topic=projects\/postern-test\/topics\/postern /,
    },
    {
      what: 'a subscription of another topic',
      break: () => ({ PUBSUB_SUBSCRIPTION: 'postern-notifications' }),
      check: 'subscription',
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
      check: 'subscription',
      cause: /the topic of .*\/orphan has been deleted/,
      remedy: /Delete the subscription.*npm run setup -- --project=postern-test/,
    },
    {
      what: 'a topic that isn’t there',
      break: () => ({ PUBSUB_TOPIC: 'nowhere' }),
      check: 'topic',
      also: ['subscription'],
      cause: /there is no topic projects\/postern-test\/topics\/nowhere/,
      remedy: /Correct PUBSUB_TOPIC, or create it: npm run setup/,
    },
    {
      what: 'a subscription that the account may not consume',
      break({ google }) {
        google.pubsub.allow(google.subscription, false);
        return {};
      },
      mend: ({ google }) => google.pubsub.allow(google.subscription, true),
      check: 'subscription-consume',
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
      check: 'publisher-chat',
      cause: /none of the accounts that Chat publishes with .*chat-api@system.* nothing arrives/,
      remedy:
        /gcloud pubsub topics add-iam-policy-binding postern --project=postern-test --role=roles\/pubsub.publisher --member=serviceAccount:chat-api-push@system.gserviceaccount.com\n.*hangouts-chat\?project=postern-test/,
    },
    {
      what: 'a topic that everybody may publish to',
      break(practice) {
        publishers(practice, member(CHAT_PUBLISHER), 'allUsers');
        return {};
      },
      mend,
      check: 'publishers-others',
      cause: /far too many may publish .*allUsers.*speaks for every connected person/,
      remedy:
        /gcloud pubsub topics remove-iam-policy-binding postern --project=postern-test --role=roles\/pubsub.publisher --member=allUsers/,
    },
    {
      what: 'a subscription without a retry policy',
      break: subscribe('impatient', { retryPolicy: undefined }),
      check: 'retry-policy',
      cause: /no retry policy.*comes again at once/,
      remedy:
        /gcloud pubsub subscriptions update impatient --project=postern-test --min-retry-delay=10s --max-retry-delay=600s/,
    },
    {
      what: 'a subscription that expires',
      break: subscribe('mortal', { description: {} }),
      check: 'expiry',
      cause: /it expires: .* for 31 days/,
      remedy: /subscriptions update mortal --project=postern-test --expiration-period=never/,
    },
    {
      what: 'a subscription that forgets within the hour',
      break: subscribe('forgetful', {
        description: { expirationPolicy: {}, messageRetentionMs: 600_000 },
      }),
      check: 'retention',
      cause: /dropped after 600 s/,
      remedy: /subscriptions update forgetful .*--message-retention-duration=7d/,
    },
    {
      what: 'dead letters after a few attempts, to a topic that keeps nothing and that nobody may publish to',
      break(practice) {
        const deadLetterTopic = `projects/${practice.project}/topics/dead-letters`;
        practice.google.pubsub.createTopic(deadLetterTopic);
        return subscribe('deadly', {
          deadLetterPolicy: { deadLetterTopic, maxDeliveryAttempts: 5 },
        })(practice);
      },
      check: 'dead-letters',
      also: ['dead-letters-kept', 'dead-letters-publisher'],
      cause: /after 5 deliveries .*a short one would move people’s requests away/,
      remedy: /subscriptions update deadly .*--max-delivery-attempts=100/,
    },
    {
      what: 'an emulator that isn’t there',
      break: () => ({ PUBSUB_EMULATOR_HOST: '127.0.0.1:1' }),
      check: 'reach 127.0.0.1:1',
      cause: /127\.0\.0\.1:1 \(the emulator of Pub\/Sub\) isn’t reached \(ECONNREFUSED\)/,
      remedy: /Start what PUBSUB_EMULATOR_HOST names, or .* leave it out/,
    },
  ]);
});
