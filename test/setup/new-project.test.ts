import assert from 'node:assert/strict';
import { after, afterEach, beforeEach, describe, it } from 'node:test';
import { PubSub } from '@google-cloud/pubsub';
import { type PubSubServer, startPubSub } from '../../simulator/pubsub/server.ts';
import { run } from '../../src/setup/run.ts';
import { openPubSubAdmin } from '../../src/setup/stages/pubsub-admin.ts';
import { type FakeProject, fakeProject, NUMBER } from './fake-project.ts';

const SUBSCRIBER = 'serviceAccount:postern-subscriber@new.iam.gserviceaccount.com';
const OAUTH_WEB = 'serviceAccount:postern-oauth-web@new.iam.gserviceaccount.com';
const AGENT = `serviceAccount:service-${NUMBER}@gcp-sa-pubsub.iam.gserviceaccount.com`;
const CHAT = 'serviceAccount:chat-api-push@system.gserviceaccount.com';

describe('set-up, in a project of Google’s,', () => {
  let server: PubSubServer;
  let pubsub: PubSub;
  let project: FakeProject;
  const emulatorBefore = process.env['PUBSUB_EMULATOR_HOST'];
  beforeEach(async () => {
    server = await startPubSub();
    // The client finds the simulated Pub/Sub by this. To set-up it isn't told: it takes it for the real one.
    process.env['PUBSUB_EMULATOR_HOST'] = server.host;
    pubsub = new PubSub({ projectId: 'new' });
    project = fakeProject('new');
  });
  afterEach(async () => {
    await pubsub.close();
    await server.stop();
  });
  after(() => {
    if (emulatorBefore === undefined) delete process.env['PUBSUB_EMULATOR_HOST'];
  });

  async function setUp(...args: string[]): Promise<{ code: number; out: string }> {
    const lines: string[] = [];
    const code = await run(['--project=new', ...args], {
      environment: {},
      api: project.api,
      openPubSub: openPubSubAdmin,
      clock: () => Date.UTC(2026, 10, 1),
      sleep: () => Promise.resolve(),
      out: (line) => void lines.push(line),
      tell: (line) => void lines.push(line),
    });
    return { code, out: lines.join('\n') };
  }

  const policyOf = async (kind: 'topic' | 'subscription', id: string) => {
    const [{ bindings }] = await pubsub[kind](id).iam.getPolicy();
    return (bindings ?? []).map(({ role, members }) => `${role}: ${members?.join(' ')}`);
  };

  it('plans without touching anything', async () => {
    const { code, out } = await setUp('--plan');
    assert.equal(code, 0, out);
    assert.match(out, /\+ the API pubsub\.googleapis\.com/);
    assert.match(out, /What comes after can’t be seen before that/);
    assert.equal(project.enabled.size, 0);
    assert.deepEqual(await pubsub.getTopics().then(([topics]) => topics.length), 0);
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
    assert.deepEqual(project.policy.bindings, [
      { role: 'roles/datastore.user', members: [SUBSCRIBER, OAUTH_WEB] },
    ]);
    assert.deepEqual(project.databases.get('auth-data'), {
      locationId: 'eur3',
      type: 'FIRESTORE_NATIVE',
      ttl: new Set(['consents.expireAt', 'requests.expireAt']),
    });
    const [metadata] = await pubsub.subscription('postern').getMetadata();
    assert.equal(metadata.deadLetterPolicy?.maxDeliveryAttempts, 100);
    assert.ok(metadata.expirationPolicy);
    assert.equal(metadata.expirationPolicy.ttl ?? null, null);
  });

  it('changes nothing the second time', async () => {
    await setUp('--location=eur3');
    const etag = project.policy.etag;
    const { code, out } = await setUp('--location=eur3');
    assert.equal(code, 0, out);
    assert.match(out, /Nothing to make or change\./);
    assert.equal(project.policy.etag, etag);
  });

  it('keeps what others have put into the project’s policy', async () => {
    const conditional = {
      role: 'roles/datastore.user',
      members: [SUBSCRIBER],
      condition: { title: 'until Friday', expression: 'false' },
    };
    const owner = { role: 'roles/owner', members: ['user:ada@example.com'] };
    project.policy.bindings.push(owner, conditional);
    await setUp('--location=eur3');
    assert.deepEqual(project.policy.bindings, [
      owner,
      conditional,
      { role: 'roles/datastore.user', members: [SUBSCRIBER, OAUTH_WEB] },
    ]);
    assert.equal(project.policy.version, 3);
  });

  it('makes a key of Cloud KMS where it is told to, for both processes and nobody else', async () => {
    const { code, out } = await setUp('--location=eur3', '--kms=europe-west1');
    assert.equal(code, 0, out);
    assert.ok(project.enabled.has('cloudkms.googleapis.com'));
    const name = 'projects/P/locations/europe-west1/keyRings/postern/cryptoKeys/postern';
    assert.deepEqual(
      [...project.kms.keys],
      [
        [
          name,
          {
            purpose: 'ENCRYPT_DECRYPT',
            rotationPeriod: '7776000s',
            nextRotationTime: '2027-01-30T00:00:00.000Z',
            policy: {
              etag: 'k0++',
              version: 3,
              bindings: [
                {
                  role: 'roles/cloudkms.cryptoKeyEncrypterDecrypter',
                  members: [SUBSCRIBER, OAUTH_WEB],
                },
              ],
            },
          },
        ],
      ],
    );
    assert.match(
      out,
      /TOKEN_KEYS=kms:projects\/new\/locations\/europe-west1\/keyRings\/postern\/cryptoKeys\/postern/,
    );
    const again = await setUp('--location=eur3', '--kms=europe-west1');
    assert.match(again.out, /Nothing to make or change\./);
    assert.equal(project.kms.keys.get(name)?.policy.etag, 'k0++');
  });

  it('makes no key, and no ring, without being told to', async () => {
    const { out } = await setUp('--location=eur3');
    assert.match(out, /TOKEN_KEYS=k1:…/);
    assert.equal(project.kms.rings.size, 0);
    assert.equal(project.enabled.has('cloudkms.googleapis.com'), false);
  });

  it('mends a key that is not rotated, and leaves alone one for something else', async () => {
    await setUp('--location=eur3', '--kms=europe-west1');
    const [key] = project.kms.keys.values();
    assert.ok(key);
    key.rotationPeriod = '31536000s';
    assert.match(
      (await setUp('--kms=europe-west1', '--plan')).out,
      /~ the key postern, rotated every 7776000s/,
    );
    await setUp('--kms=europe-west1');
    assert.equal(key.rotationPeriod, '7776000s');
    key.purpose = 'MAC';
    const { code, out } = await setUp('--kms=europe-west1');
    assert.equal(code, 1);
    assert.match(out, /✗ the key postern\n +→ There is a key of this name for something else/);
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
    assert.equal((await pubsub.getTopics())[0].length, 2);
    const planned = await setUp(...asked, '--plan');
    assert.match(
      planned.out,
      /\+ the subscription postern-notifications of notifications: .*in order/,
    );
    assert.match(planned.out, /To do: 4 to make, 0 to change\./);
    assert.equal((await pubsub.getTopics())[0].length, 2);
    const { code, out } = await setUp(...asked);
    assert.equal(code, 0, out);
    assert.match(out, /\n +NOTIFICATIONS_SUBSCRIPTION=postern-notifications\n/);
    assert.deepEqual(await policyOf('topic', 'notifications'), [
      `roles/pubsub.publisher: serviceAccount:${producer}`,
    ]);
    assert.deepEqual(await policyOf('subscription', 'postern-notifications'), [
      `roles/pubsub.subscriber: ${SUBSCRIBER}`,
    ]);
    const [metadata] = await pubsub.subscription('postern-notifications').getMetadata();
    assert.equal(metadata.enableMessageOrdering, true);
    assert.match((await setUp(...asked)).out, /Nothing to make or change\./);
  });

  it('doesn’t take a subscription for notifications that keeps no order', async () => {
    await setUp('--location=eur3');
    const [topic] = await pubsub.createTopic('notifications');
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
    assert.equal(project.databases.size, 0);
    assert.equal((await pubsub.getTopics())[0].length, 2, 'the rest is made');
    assert.equal((await setUp('--location=eur3')).code, 0);
  });

  it('says who has to run it, when it may not', async () => {
    project.refuse(403, 'PERMISSION_DENIED');
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
