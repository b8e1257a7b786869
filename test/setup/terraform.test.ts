import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { CHAT_PUBLISHER } from '../../src/lib/project/accounts.ts';
import { blueprint, type SubscriptionPlan } from '../../src/lib/project/blueprint.ts';

const read = (file: string): string =>
  readFileSync(join(import.meta.dirname, '../../deploy/terraform', file), 'utf8');

/** The text of each top-level block, by what stands before its brace: `resource google_pubsub_topic events`. */
function blocksOf(text: string): ReadonlyMap<string, string> {
  const found = [...text.matchAll(/^(\w[^{\n]*)\{\n([\s\S]*?)^\}$/gm)];
  return new Map(
    found.map(([, head = '', body = '']) => [head.replaceAll('"', '').trim(), body] as const),
  );
}

/** Its values: `ack_deadline_seconds` → `60`, without quotes. Those of inner blocks have names of their own. */
function valuesOf(block: string): Readonly<Record<string, string>> {
  const pairs = [...block.matchAll(/^ *(\w+) *= *(.*)$/gm)];
  return Object.fromEntries(
    pairs.map(([, name = '', value = '']) => [name, value.replace(/^"(.*)"$/, '$1')]),
  );
}

const main = blocksOf(read('main.tf'));
const variables = blocksOf(read('variables.tf'));
const plan = blueprint({ project: 'any', notifications: true });
const { notifications } = plan;
assert.ok(notifications);

const resources = (type: string): Readonly<Record<string, string>>[] =>
  [...main]
    .filter(([head]) => head.startsWith(`resource ${type} `))
    .map(([, block]) => valuesOf(block));
const one = (type: string, name: string): Readonly<Record<string, string>> =>
  valuesOf(main.get(`resource ${type} ${name}`) ?? '');
const byDefault = (name: string): string | undefined =>
  valuesOf(variables.get(`variable ${name}`) ?? '')['default'];

/** What a subscription of this plan has to say. */
const settings = ({
  ackDeadlineSeconds,
  retentionSeconds,
  retry,
  deadLetter,
}: SubscriptionPlan) => ({
  ack_deadline_seconds: String(ackDeadlineSeconds),
  message_retention_duration: `${retentionSeconds}s`,
  ttl: '',
  ...(retry === undefined
    ? {}
    : {
        minimum_backoff: `${retry.minimumSeconds}s`,
        maximum_backoff: `${retry.maximumSeconds}s`,
      }),
  ...(deadLetter === undefined
    ? {}
    : {
        dead_letter_topic: 'google_pubsub_topic.dead_letters.id',
        max_delivery_attempts: String(deadLetter.maxDeliveryAttempts),
      }),
});

describe('deploy/terraform makes what npm run setup makes:', () => {
  it('the same APIs', () => {
    const block = main.get('resource google_project_service api') ?? '';
    const named = [...block.matchAll(/"([\w.]+\.googleapis\.com)"/g)].map(([, name]) => name);
    assert.deepEqual(named, plan.services);
  });

  it('the same names, unless they are given', () => {
    assert.equal(byDefault('topic'), plan.topic);
    assert.equal(byDefault('subscription'), plan.subscription.id);
    assert.equal(byDefault('database'), plan.firestore.database);
    assert.equal(byDefault('publisher'), CHAT_PUBLISHER);
    assert.equal(byDefault('location'), undefined, 'it can’t be changed, so it has no default');
    const { dead_letters } = valuesOf(main.get('locals') ?? '');
    assert.equal(dead_letters?.replace(`\${var.topic}`, plan.topic), plan.deadLetters.topic);
  });

  it('the same subscriptions', () => {
    const names = { name: 'var.subscription', topic: 'google_pubsub_topic.events.id' };
    assert.deepEqual(one('google_pubsub_subscription', 'events'), {
      ...names,
      ...settings(plan.subscription),
    });
    assert.deepEqual(one('google_pubsub_subscription', 'dead_letters'), {
      name: 'local.dead_letters',
      topic: 'google_pubsub_topic.dead_letters.id',
      ...settings(plan.deadLetters.subscription),
    });
    assert.equal(resources('google_pubsub_topic').length, 3);
    assert.equal(resources('google_pubsub_subscription').length, 3);
  });

  it('the same for notifications, where they are wanted', () => {
    assert.equal(byDefault('notifications'), 'false');
    const count = 'var.notifications ? 1 : 0';
    assert.deepEqual(one('google_pubsub_topic', 'notifications'), {
      count,
      name: notifications.topic,
      depends_on: '[google_project_service.api]',
    });
    assert.deepEqual(one('google_pubsub_subscription', 'notifications'), {
      count,
      name: notifications.subscription.id,
      topic: 'google_pubsub_topic.notifications[0].id',
      enable_message_ordering: 'true',
      ...settings(notifications.subscription),
    });
  });

  it('the same service accounts, each with the same roles and no others', () => {
    const accounts = resources('google_service_account').map(({ account_id }) => account_id);
    assert.deepEqual(
      accounts,
      plan.serviceAccounts.map(({ id }) => id),
    );
    for (const { id, onTopic, onSubscription, onProject } of plan.serviceAccounts) {
      const member = `google_service_account.${id.replace('postern-', '').replace('-', '_')}.member`;
      const roles = (type: string) =>
        resources(type)
          .filter((binding) => binding['member'] === member)
          .map(({ role }) => role);
      assert.deepEqual(roles('google_pubsub_topic_iam_member'), onTopic, id);
      // On the events' subscription, and on the notifications'.
      assert.deepEqual(
        roles('google_pubsub_subscription_iam_member'),
        [...onSubscription, ...onSubscription],
        id,
      );
      assert.deepEqual(roles('google_project_iam_member'), onProject, id);
    }
  });

  it('the same rights for Chat and for Pub/Sub itself, and for nobody else', () => {
    const bindings = [
      ...resources('google_pubsub_topic_iam_member'),
      ...resources('google_pubsub_subscription_iam_member'),
    ].map(
      ({ topic = '', subscription = '', role, member }) =>
        `${role} ${topic}${subscription} ${member}`,
    );
    assert.deepEqual(
      bindings.filter((binding) => !binding.includes('google_service_account')),
      [
        `roles/pubsub.publisher google_pubsub_topic.notifications[0].name serviceAccount:\${each.value}`,
        `roles/pubsub.publisher google_pubsub_topic.events.name serviceAccount:\${var.publisher}`,
        'roles/pubsub.publisher google_pubsub_topic.dead_letters.name local.pubsub_agent',
        'roles/pubsub.subscriber google_pubsub_subscription.events.name local.pubsub_agent',
      ],
    );
    const types = [...main.keys()].filter((head) => /iam/.test(head));
    assert.ok(
      types.every((head) => /_iam_member /.test(head)),
      'none that replaces others’ rights',
    );
  });

  it('the same key of Cloud KMS, where one is wanted, for the same accounts', () => {
    const { kms, services } = blueprint({ project: 'any', kms: 'europe-west1' });
    assert.ok(kms);
    assert.equal(byDefault('kms_location'), 'null');
    assert.equal(one('google_project_service', 'kms')['service'], services.at(-1));
    const ring = one('google_kms_key_ring', 'postern');
    assert.deepEqual([ring['name'], ring['location']], [kms.keyRing, 'var.kms_location']);
    const key = one('google_kms_crypto_key', 'postern');
    assert.partialDeepStrictEqual(key, {
      name: kms.key,
      purpose: 'ENCRYPT_DECRYPT',
      rotation_period: `${kms.rotationSeconds}s`,
      prevent_destroy: 'true',
    });
    const users = resources('google_kms_crypto_key_iam_member');
    assert.deepEqual(
      users.map(({ role, member }) => [member, role]),
      plan.serviceAccounts.flatMap(({ id, onKey }) =>
        onKey.map((role) => [
          `google_service_account.${id.replace('postern-', '').replace('-', '_')}.member`,
          role,
        ]),
      ),
    );
    const optional = [...main]
      .filter(([head]) => /kms/.test(head))
      .map(([, block]) => valuesOf(block));
    assert.equal(optional.length, 5);
    for (const { count } of optional) assert.equal(count, 'var.kms_location == null ? 0 : 1');
  });

  it('the same database, with the same time to live', () => {
    const { type, location_id } = one('google_firestore_database', 'auth_data');
    assert.deepEqual([type, location_id], ['FIRESTORE_NATIVE', 'var.location']);
    const fields = [...main].filter(([head]) => head.startsWith('resource google_firestore_field'));
    assert.ok(fields.every(([, block]) => /^ {2}ttl_config \{\}$/m.test(block)));
    assert.deepEqual(
      fields
        .map(([, block]) => valuesOf(block))
        .map(({ collection, field }) => ({ collection, field })),
      plan.firestore.ttl,
    );
  });

  it('with exact versions', () => {
    assert.match(read('versions.tf'), /version = "\d+\.\d+\.\d+"/);
  });
});
