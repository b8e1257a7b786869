import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NUMBER } from './fake-project.ts';
import { inNewProject, OAUTH_WEB, SUBSCRIBER } from './new-project.ts';

const AGENT = `serviceAccount:service-${NUMBER}@gcp-sa-pubsub.iam.gserviceaccount.com`;
const CHAT = 'serviceAccount:chat-api-push@system.gserviceaccount.com';

describe('set-up, in a project of Google’s,', () => {
  const { project, pubsub, setUp, policyOf } = inNewProject();

  it('plans without touching anything', async () => {
    const { code, out } = await setUp('--plan');
    assert.equal(code, 0, out);
    assert.match(out, /\+ the API pubsub\.googleapis\.com/);
    assert.match(out, /What comes after can’t be seen before that/);
    assert.equal(project().enabled.size, 0);
    assert.deepEqual(
      await pubsub()
        .getTopics()
        .then(([topics]) => topics.length),
      0,
    );
  });

  it('gives each process what it needs, and oauth-web nothing of Pub/Sub', async () => {
    const { code, out } = await setUp('--location=eur3');
    assert.equal(code, 0, out);
    assert.deepEqual(await policyOf('topic', 'postern'), [
      `roles/pubsub.publisher: ${CHAT} ${SUBSCRIBER}`,
    ]);
    assert.deepEqual(await policyOf('subscription', 'postern'), [
      `roles/pubsub.subscriber: ${SUBSCRIBER} ${AGENT}`,
    ]);
    assert.deepEqual(await policyOf('topic', 'postern-dead-letters'), [
      `roles/pubsub.publisher: ${AGENT}`,
    ]);
    assert.deepEqual(project().policy.bindings, [
      { role: 'roles/datastore.user', members: [SUBSCRIBER, OAUTH_WEB] },
    ]);
    assert.deepEqual(project().databases.get('auth-data'), {
      locationId: 'eur3',
      type: 'FIRESTORE_NATIVE',
      ttl: new Set(['consents.expireAt', 'requests.expireAt']),
    });
    const [metadata] = await pubsub().subscription('postern').getMetadata();
    assert.equal(metadata.deadLetterPolicy?.maxDeliveryAttempts, 100);
    assert.ok(metadata.expirationPolicy);
    assert.equal(metadata.expirationPolicy.ttl ?? null, null);
  });

  it('changes nothing the second time', async () => {
    await setUp('--location=eur3');
    const etag = project().policy.etag;
    const { code, out } = await setUp('--location=eur3');
    assert.equal(code, 0, out);
    assert.match(out, /Nothing to make or change\./);
    assert.equal(project().policy.etag, etag);
  });

  it('keeps what others have put into the project’s policy', async () => {
    const conditional = {
      role: 'roles/datastore.user',
      members: [SUBSCRIBER],
      condition: { title: 'until Friday', expression: 'false' },
    };
    const owner = { role: 'roles/owner', members: ['user:ada@example.com'] };
    project().policy.bindings.push(owner, conditional);
    await setUp('--location=eur3');
    assert.deepEqual(project().policy.bindings, [
      owner,
      conditional,
      { role: 'roles/datastore.user', members: [SUBSCRIBER, OAUTH_WEB] },
    ]);
    assert.equal(project().policy.version, 3);
  });

  it('takes the account that the Chat API page shows', async () => {
    const account = `service-${NUMBER}@gcp-sa-gsuiteaddons.iam.gserviceaccount.com`;
    await setUp('--location=eur3', `--publisher=${account}`);
    const [publishers = ''] = await policyOf('topic', 'postern');
    assert.ok(publishers.includes(`serviceAccount:${account}`));
    assert.ok(!publishers.includes(CHAT));
  });

  it('makes what notifications need only when asked to, for the account that publishes them', async () => {
    const producer = 'monitoring@elsewhere.iam.gserviceaccount.com';
    const asked = ['--location=eur3', '--notifications', `--producer=${producer}`];
    await setUp('--location=eur3');
    assert.equal((await pubsub().getTopics())[0].length, 2);
    const planned = await setUp(...asked, '--plan');
    assert.match(
      planned.out,
      /\+ the subscription postern-notifications of notifications: .*in order/,
    );
    assert.match(planned.out, /To do: 4 to make, 0 to change\./);
    assert.equal((await pubsub().getTopics())[0].length, 2);
    const { code, out } = await setUp(...asked);
    assert.equal(code, 0, out);
    assert.match(out, /\n +NOTIFICATIONS_SUBSCRIPTION=postern-notifications\n/);
    assert.deepEqual(await policyOf('topic', 'notifications'), [
      `roles/pubsub.publisher: serviceAccount:${producer}`,
    ]);
    assert.deepEqual(await policyOf('subscription', 'postern-notifications'), [
      `roles/pubsub.subscriber: ${SUBSCRIBER}`,
    ]);
    const [metadata] = await pubsub().subscription('postern-notifications').getMetadata();
    assert.equal(metadata.enableMessageOrdering, true);
    assert.match((await setUp(...asked)).out, /Nothing to make or change\./);
  });

  it('doesn’t take a subscription for notifications that keeps no order', async () => {
    await setUp('--location=eur3');
    const [topic] = await pubsub().createTopic('notifications');
    await topic.createSubscription('postern-notifications');
    const { code, out } = await setUp('--location=eur3', '--notifications');
    assert.equal(code, 1, out);
    assert.match(
      out,
      /✗ the subscription postern-notifications .*\n +→ It does not keep the order/,
    );
  });

  it('asks where the database shall be, rather than choose what can’t be changed', async () => {
    const { code, out } = await setUp();
    assert.equal(code, 1, out);
    assert.match(out, /✗ the database auth-data\n +→ Say where by --location=eur3/);
    assert.equal(project().databases.size, 0);
    assert.equal((await pubsub().getTopics())[0].length, 2, 'the rest is made');
    assert.equal((await setUp('--location=eur3')).code, 0);
  });

  it('says who has to run it, when it may not', async () => {
    project().refuse(403, 'PERMISSION_DENIED');
    const { code, out } = await setUp('--location=eur3');
    assert.equal(code, 1);
    assert.match(
      out,
      /✗ the enabled APIs: you may not do or see that .* Be an owner of the project/,
    );
  });

  it('tells every problem of a command line', async () => {
    const { code, out } = await setUp(
      '--location=Europe!',
      '--publisher=chat',
      '--producer=ci@my-project.iam.gserviceaccount.com',
      '--pln',
      'now',
      '--topic',
    );
    assert.equal(code, 64);
    assert.deepEqual(
      out.split('\n').map((line) => line.split(' ').slice(0, 3).join(' ')),
      [
        '--pln is none',
        '--topic needs a',
        '“now” is one',
        '--location is no',
        '--publisher is not',
        '--producer is for',
        'See npm run',
      ],
    );
  });
});
