import { PubSub } from '@google-cloud/pubsub';
import { z } from 'zod';
import { type Answer, ask } from './answers.ts';

/** A subscription's settings, in seconds. */
export interface SubscriptionFound {
  /** Its full name, or `_deleted-topic_`. */
  topic: string;
  ackDeadlineSeconds: number;
  retentionSeconds: number | undefined;
  retry: { minimumSeconds: number; maximumSeconds: number } | undefined;
  /** When it is deleted for want of a reader; undefined: never. */
  expiresAfterSeconds: number | undefined;
  deadLetter: { topic: string; maxDeliveryAttempts: number } | undefined;
  isPush: boolean;
  /** Whether it keeps the order of messages with the same ordering key. */
  isOrdered: boolean;
}

/** Who has which role on a topic or a subscription. */
export type Bindings = readonly { role: string; members: readonly string[] }[];

/** What the doctor asks Pub/Sub. Names are full ones, or ids in the project. */
export interface PubSubQuestions {
  subscription(name: string): Promise<Answer<SubscriptionFound>>;
  topic(name: string): Promise<Answer<true>>;
  /** How many subscriptions a topic has, at least. */
  subscriptionsOf(topic: string): Promise<Answer<number>>;
  mayConsume(subscription: string): Promise<Answer<boolean>>;
  mayPublish(topic: string): Promise<Answer<boolean>>;
  policyOfTopic(topic: string): Promise<Answer<Bindings>>;
  policyOfSubscription(subscription: string): Promise<Answer<Bindings>>;
  close(): Promise<void>;
}

/** @param project where ids are looked for; that of the credentials unless given */
export function openQuestions(project: string | undefined): PubSubQuestions {
  const pubsub = new PubSub(project === undefined ? {} : { projectId: project });
  return {
    subscription: (name) =>
      ask(async () => toSettings((await pubsub.subscription(name).getMetadata())[0])),
    topic: (name) =>
      ask(async () => {
        await pubsub.topic(name).getMetadata();
        return true as const;
      }),
    subscriptionsOf: (topic) =>
      ask(async () => {
        const page = { autoPaginate: false, pageSize: 10 };
        return (await pubsub.topic(topic).getSubscriptions(page))[0].length;
      }),
    mayConsume: (name) => ask(() => may(pubsub.subscription(name), 'pubsub.subscriptions.consume')),
    mayPublish: (name) => ask(() => may(pubsub.topic(name), 'pubsub.topics.publish')),
    policyOfTopic: (name) => ask(() => policyOf(pubsub.topic(name))),
    policyOfSubscription: (name) => ask(() => policyOf(pubsub.subscription(name))),
    close: () => pubsub.close(),
  };
}

type Resource = Pick<ReturnType<PubSub['topic'] | PubSub['subscription']>, 'iam'>;

async function may({ iam }: Resource, permission: string): Promise<boolean> {
  const [permissions] = await iam.testPermissions([permission]);
  return permissions[permission] === true;
}

const policy = z.object({
  bindings: z
    .array(z.object({ role: z.string(), members: z.array(z.string()) }))
    .nullish()
    .transform((bindings) => bindings ?? []),
});

async function policyOf({ iam }: Resource): Promise<Bindings> {
  const [found] = await iam.getPolicy();
  return policy.parse(found).bindings;
}

/** gRPC's 64-bit numbers come as text, or as objects of the library's that turn into numbers. */
const duration = z
  .object({ seconds: z.coerce.number().catch(0) })
  .transform(({ seconds }) => seconds);

const metadata = z.object({
  topic: z.string(),
  ackDeadlineSeconds: z.number(),
  messageRetentionDuration: duration.nullish(),
  retryPolicy: z
    .object({ minimumBackoff: duration.nullish(), maximumBackoff: duration.nullish() })
    .nullish(),
  expirationPolicy: z.object({ ttl: duration.nullish() }).nullish(),
  deadLetterPolicy: z
    .object({ deadLetterTopic: z.string(), maxDeliveryAttempts: z.number() })
    .nullish(),
  enableMessageOrdering: z.boolean().nullish(),
  pushConfig: z.object({ pushEndpoint: z.string().nullish() }).nullish(),
});

/** What Google does where nothing was said (google/pubsub/v1/pubsub.proto). */
const DEFAULTS = { expiresAfterSeconds: 31 * 24 * 3600, minimumSeconds: 10, maximumSeconds: 600 };

function toSettings(found: unknown): SubscriptionFound {
  const { retryPolicy, expirationPolicy, deadLetterPolicy, ...rest } = metadata.parse(found);
  return {
    topic: rest.topic,
    ackDeadlineSeconds: rest.ackDeadlineSeconds,
    retentionSeconds: rest.messageRetentionDuration ?? undefined,
    retry: retryPolicy
      ? {
          minimumSeconds: retryPolicy.minimumBackoff ?? DEFAULTS.minimumSeconds,
          maximumSeconds: retryPolicy.maximumBackoff ?? DEFAULTS.maximumSeconds,
        }
      : undefined,
    // A policy without a time to live: never.
    expiresAfterSeconds: expirationPolicy
      ? expirationPolicy.ttl || undefined
      : DEFAULTS.expiresAfterSeconds,
    deadLetter: deadLetterPolicy
      ? {
          topic: deadLetterPolicy.deadLetterTopic,
          maxDeliveryAttempts: deadLetterPolicy.maxDeliveryAttempts,
        }
      : undefined,
    isPush: Boolean(rest.pushConfig?.pushEndpoint),
    isOrdered: rest.enableMessageOrdering ?? false,
  };
}
