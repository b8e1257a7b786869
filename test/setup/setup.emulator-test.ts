import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { PubSub } from '@google-cloud/pubsub';
import { diagnose, examining, type Variables } from '../doctor/practice.ts';
import { isPost } from '../end-to-end/messages.ts';
import { type Stage, setStage } from '../end-to-end/stage.ts';
import {
  type Emulator,
  startFirestoreEmulator,
  startPubSubEmulator,
} from '../support/emulators.ts';

const project = 'postern-new';

/** `npm run setup`, with what it prints. */
function setUp(environment: Variables, ...args: string[]): Promise<{ code: number; out: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['src/setup/main.ts', `--project=${project}`, ...args],
      { env: { PATH: process.env['PATH'], METADATA_SERVER_DETECTION: 'none', ...environment } },
      (error, out, err) => resolve({ code: Number(error?.code ?? 0), out: out + err }),
    );
  });
}

describe('from an empty project of the emulators,', () => {
  let emulators: [pubsub: Emulator, firestore: Emulator];
  let variables: Variables;
  let pubsub: PubSub;
  let stage: Stage | undefined;
  before(async () => {
    emulators = await Promise.all([startPubSubEmulator(), startFirestoreEmulator()]);
    const [{ host }, firestore] = emulators;
    variables = { PUBSUB_EMULATOR_HOST: host, FIRESTORE_EMULATOR_HOST: firestore.host };
    // The client knows an emulator by this variable only.
    process.env['PUBSUB_EMULATOR_HOST'] = host;
    pubsub = new PubSub({ projectId: project });
  });
  after(async () => {
    await stage?.end();
    await pubsub?.close();
    await Promise.all(emulators.map((emulator) => emulator.stop()));
  });

  const names = async () => {
    const [[topics], [subscriptions]] = await Promise.all([
      pubsub.getTopics(),
      pubsub.getSubscriptions(),
    ]);
    return [...topics, ...subscriptions].map(({ name }) => name.replace(/^.*?\/.*?\//, '')).sort();
  };

  it('a plan changes nothing', async () => {
    const { code, out } = await setUp(variables, '--plan');
    assert.equal(code, 0, out);
    assert.match(out, /\+ the topic postern\n/);
    assert.match(out, /To do: 4 to make, 0 to change\./);
    assert.doesNotMatch(out, /by hand/);
    assert.deepEqual(await names(), []);
  });

  it('set-up makes what an emulator can have, and says what it left out', async () => {
    const { code, out } = await setUp(variables);
    assert.equal(code, 0, out);
    assert.match(out, /APIs, service accounts, and roles in the project: left out/);
    assert.match(
      out,
      /roles\/pubsub\.publisher on postern .*: left out, the emulator doesn’t do IAM/,
    );
    assert.deepEqual(await names(), [
      'subscriptions/postern',
      'subscriptions/postern-dead-letters',
      'topics/postern',
      'topics/postern-dead-letters',
    ]);
    assert.match(out, /topic name projects\/postern-new\/topics\/postern\n/);
  });

  it('and a second time it changes nothing', async () => {
    const { code, out } = await setUp(variables);
    assert.equal(code, 0, out);
    assert.match(out, /Nothing to make or change\./);
    assert.doesNotMatch(out, /Doing it/);
  });

  it('it makes what notifications need once it is asked to, and that once', async () => {
    const asked = ['--notifications', '--producer=ci@postern-new.iam.gserviceaccount.com'];
    const { code, out } = await setUp(variables, ...asked);
    assert.equal(code, 0, out);
    assert.match(out, /To do: 2 to make, 0 to change\./);
    assert.match(out, /roles\/pubsub\.publisher on notifications for serviceAccount:ci@/);
    const [metadata] = await pubsub.subscription('postern-notifications').getMetadata();
    assert.equal(metadata.enableMessageOrdering, true);
    for (const args of [asked, []]) {
      assert.match((await setUp(variables, ...args)).out, /Nothing to make or change\./);
    }
  });

  it('but it mends what somebody has changed', async () => {
    await pubsub.subscription('postern').setMetadata({
      retryPolicy: { minimumBackoff: { seconds: 1 }, maximumBackoff: { seconds: 60 } },
      ackDeadlineSeconds: 10,
    });
    const { code, out } = await setUp(variables);
    assert.equal(code, 0, out);
    assert.match(
      out,
      /~ the subscription postern .*: ack deadline 10 s → 60 s; retry 1 s to 60 s → 10 s to 600 s\n/,
    );
    assert.match((await setUp(variables)).out, /Nothing to make or change\./);
  });

  it('it leaves a subscription of another topic alone, and says so', async () => {
    const [other] = await pubsub.createTopic('other');
    await other.createSubscription('taken');
    const { code, out } = await setUp(variables, '--subscription=taken');
    assert.equal(code, 1, out);
    assert.match(
      out,
      /✗ the subscription taken of postern\n +→ It is on .*topics\/other, which can’t be changed/,
    );
    await Promise.all([pubsub.subscription('taken').delete(), other.delete()]);
  });

  it('the app runs on what was made, and the doctor finds nothing wrong with it', async () => {
    const [{ host }, firestore] = emulators;
    const topic = pubsub.topic('postern');
    stage = await setStage({
      dialect: 'add-on',
      project,
      store: 'firestore:auth-data',
      pubsub: { host, publish: async (data) => void (await topic.publishMessage({ data })) },
      environment: { FIRESTORE_EMULATOR_HOST: firestore.host },
    });
    await stage.startSubscriber();
    await stage.write(stage.ana, '@Postern made by set-up');
    const { ana, bruno, room } = stage;
    assert.equal((await stage.consent(await stage.link(ana, room), ana)).status, 200);
    const { seen } = stage;
    const post = await stage.until('the post', () => seen(bruno).find(isPost));
    assert.equal(post.resource.text, 'made by set-up');

    const notifications = pubsub.topic('notifications', { messageOrdering: true });
    const json = { space: room, key: 'build-12', text: 'Build 12 is green.' };
    await notifications.publishMessage({ json, orderingKey: 'build-12' });
    await stage.until('the notification', () =>
      seen(bruno).find(({ resource }) => resource.text === json.text),
    );

    const { google, credentials, folder, environment } = stage;
    const report = await diagnose(examining({ environment, google, credentials, folder }));
    const by = (status: string) => report.checks.filter((check) => check.status === status);
    assert.deepEqual(by('failed'), []);
    assert.ok(report.ok);
    for (const { found } of by('unknown')) assert.match(found, /the emulator doesn’t do/);
    assert.ok(by('ok').some(({ check }) => check === 'notifications-ordering'));
    assert.ok(by('ok').some(({ check }) => check === 'keys'));
    assert.ok(by('ok').some(({ check }) => check === 'store-write'));
  });
});
