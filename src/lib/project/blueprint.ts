import { days, seconds } from '../clock.ts';
import { KMS_ROLE } from '../kms/refusal.ts';
import { CHAT_PUBLISHER } from './accounts.ts';

/**
 * What Postern needs in a Google Cloud project, as one value: `npm run setup` makes it so, `npm run doctor` looks whether it is,
 * and a test holds deploy/terraform against it. All times are in seconds, as Google's APIs have them.
 */
export interface Blueprint {
  project: string;
  /** To be enabled, of the APIs. */
  services: readonly string[];
  topic: string;
  subscription: SubscriptionPlan;
  deadLetters: { topic: string; subscription: SubscriptionPlan };
  serviceAccounts: readonly ServiceAccountPlan[];
  /** With whose name Chat publishes. */
  publisher: string;
  firestore: { database: string; ttl: readonly TtlPolicy[] };
  /** Undefined where the processes hold the keys. */
  kms: KmsPlan | undefined;
  /** What other systems publish; undefined unless it is wanted. */
  notifications: NotificationsPlan | undefined;
}

/** A key of Cloud KMS, to encrypt and decrypt with. */
export interface KmsPlan {
  location: string;
  keyRing: string;
  key: string;
  rotationSeconds: number;
}

/** A topic of its own, so that those who publish there can't speak for people. */
export interface NotificationsPlan {
  topic: string;
  subscription: SubscriptionPlan;
  /** The service account that publishes there. Further ones are added by further runs. */
  producer: string | undefined;
}

/** A pull subscription. None of ours ever expires. */
export interface SubscriptionPlan {
  id: string;
  /** On which topic. */
  topic: string;
  ackDeadlineSeconds: number;
  retentionSeconds: number;
  /** How long a message waits that was handed back. */
  retry?: { minimumSeconds: number; maximumSeconds: number };
  deadLetter?: { topic: string; maxDeliveryAttempts: number };
  /** Whether messages with the same ordering key come in their order. It can't be changed later. */
  isOrdered?: boolean;
}

/** A process's own account, and all that it may do. */
export interface ServiceAccountPlan {
  id: string;
  displayName: string;
  onSubscription: readonly string[];
  onTopic: readonly string[];
  onProject: readonly string[];
  /** On the key of Cloud KMS, if there is one. */
  onKey: readonly string[];
}

/** Firestore deletes a record some time after the hour in this field. */
export interface TtlPolicy {
  collection: string;
  field: string;
}

export interface BlueprintOptions {
  project: string;
  topic?: string | undefined;
  subscription?: string | undefined;
  database?: string | undefined;
  publisher?: string | undefined;
  /** Where a key of Cloud KMS is wanted, if one is. */
  kms?: string | undefined;
  notifications?: boolean | undefined;
  producer?: string | undefined;
  /** Google's emulator keeps nothing for longer than a week. */
  isEmulated?: boolean;
}

/** Longer than most requests take; the client extends it for those that don't. */
export const ACK_DEADLINE_SECONDS = 60;

/** The longest that Pub/Sub waits between two deliveries, and an answer to an outage that doesn't add to it. */
export const RETRY = { minimumSeconds: 10, maximumSeconds: 600 } as const;

/**
 * As many as Pub/Sub counts. Postern hands messages back in an outage, and each time counts: with five, a few minutes without
 * Google would move people's requests away; with a hundred, and the retry policy above, it takes some sixteen hours.
 */
export const MAX_DELIVERY_ATTEMPTS = 100;

/** The ids of the processes' own accounts. */
export const SUBSCRIBER_ACCOUNT = 'postern-subscriber';
export const OAUTH_WEB_ACCOUNT = 'postern-oauth-web';

/** The same in docs/notifications.md. */
const NOTIFICATIONS_TOPIC = 'notifications';
const NOTIFICATIONS_SUBSCRIPTION = 'postern-notifications';

export const PUBLISHER_ROLE = 'roles/pubsub.publisher';
export const SUBSCRIBER_ROLE = 'roles/pubsub.subscriber';

/** Enabled with the key only. */
const KMS_API = 'cloudkms.googleapis.com';

/** Records that end by themselves. `grants` and `people` are kept until somebody disconnects. */
export const TTL_POLICIES: readonly TtlPolicy[] = [
  { collection: 'consents', field: 'expireAt' },
  { collection: 'requests', field: 'expireAt' },
];

/** What a project has to be like. */
export function blueprint(options: BlueprintOptions): Blueprint {
  const {
    project,
    topic = 'postern',
    subscription = 'postern',
    database = 'auth-data',
    publisher = CHAT_PUBLISHER,
    kms,
    notifications = false,
    producer,
    isEmulated = false,
  } = options;
  const deadLetterTopic = `${topic}-dead-letters`;
  return {
    project,
    services: [
      'chat.googleapis.com',
      'pubsub.googleapis.com',
      'firestore.googleapis.com',
      'iam.googleapis.com',
      'cloudresourcemanager.googleapis.com',
      ...(kms === undefined ? [] : [KMS_API]),
    ],
    topic,
    subscription: {
      id: subscription,
      topic,
      ackDeadlineSeconds: ACK_DEADLINE_SECONDS,
      retentionSeconds: days(7) / seconds(1),
      retry: RETRY,
      deadLetter: { topic: deadLetterTopic, maxDeliveryAttempts: MAX_DELIVERY_ATTEMPTS },
    },
    deadLetters: {
      topic: deadLetterTopic,
      // Without a subscription the topic would drop what it gets.
      subscription: {
        id: deadLetterTopic,
        topic: deadLetterTopic,
        ackDeadlineSeconds: ACK_DEADLINE_SECONDS,
        retentionSeconds: days(isEmulated ? 7 : 31) / seconds(1),
      },
    },
    serviceAccounts: [
      {
        id: SUBSCRIBER_ACCOUNT,
        displayName: 'Postern, the subscriber',
        onSubscription: [SUBSCRIBER_ROLE],
        // What waited for a consent comes back over the topic.
        onTopic: [PUBLISHER_ROLE],
        onProject: ['roles/datastore.user'],
        onKey: [KMS_ROLE],
      },
      {
        id: OAUTH_WEB_ACCOUNT,
        displayName: 'Postern, the OAuth callback',
        onSubscription: [],
        onTopic: [],
        onProject: ['roles/datastore.user'],
        // The secrets of a link are the subscriber's.
        onKey: [KMS_ROLE],
      },
    ],
    publisher,
    firestore: { database, ttl: TTL_POLICIES },
    kms:
      kms === undefined
        ? undefined
        : {
            location: kms,
            keyRing: 'postern',
            key: 'postern',
            rotationSeconds: days(90) / seconds(1),
          },
    notifications: notifications ? notificationsPlan(producer) : undefined,
  };
}

function notificationsPlan(producer: string | undefined): NotificationsPlan {
  return {
    topic: NOTIFICATIONS_TOPIC,
    subscription: {
      id: NOTIFICATIONS_SUBSCRIPTION,
      topic: NOTIFICATIONS_TOPIC,
      ackDeadlineSeconds: ACK_DEADLINE_SECONDS,
      // Older news would be taken for new ones.
      retentionSeconds: days(1) / seconds(1),
      retry: RETRY,
      // Of two updates of one message, the newer comes last, however many subscribers there are.
      isOrdered: true,
    },
    producer,
  };
}

/** `projects/{project}/{collection}/{id}`, whether an id is given or the full name. */
export function fullName(
  project: string,
  collection: 'topics' | 'subscriptions',
  idOrName: string,
): string {
  return idOrName.includes('/') ? idOrName : `projects/${project}/${collection}/${idOrName}`;
}

/** `projects/{project}/locations/{location}/keyRings/{ring}/cryptoKeys/{key}`. */
export function kmsKeyName(project: string, { location, keyRing, key }: KmsPlan): string {
  return `projects/${project}/locations/${location}/keyRings/${keyRing}/cryptoKeys/${key}`;
}

/** `id@project.iam.gserviceaccount.com`. */
export function accountEmail(project: string, id: string): string {
  // A project of a domain, `example.com:project`, has its parts the other way round here.
  const [last = '', ...domain] = project.split(':').toReversed();
  return `${id}@${[last, ...domain].join('.')}.iam.gserviceaccount.com`;
}
