import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { PubSub } from '@google-cloud/pubsub';
import { grantsIn, idsIn, rewrapIn } from '../admin/answers.ts';
import {
  type Emulator,
  startFirestoreEmulator,
  startPubSubEmulator,
} from '../support/emulators.ts';
import { cardText, hasLink, isPost, isPrivate } from './messages.ts';
import { askAdmin, runAdmin } from './run-admin.ts';
import { type Stage, setStage } from './stage.ts';

const project = 'postern-emulated';

describe('the main job over Google’s Pub/Sub and Firestore emulators', () => {
  let emulators: [pubsub: Emulator, firestore: Emulator];
  let pubsub: PubSub;
  let stage: Stage;
  before(async () => {
    emulators = await Promise.all([startPubSubEmulator(), startFirestoreEmulator()]);
    const [{ host }, firestore] = emulators;
    // The client knows an emulator by this variable only.
    process.env['PUBSUB_EMULATOR_HOST'] = host;
    pubsub = new PubSub({ projectId: project });
    const [topic] = await pubsub.createTopic('postern');
    await topic.createSubscription('postern', { ackDeadlineSeconds: 10 });
    const [notifications] = await pubsub.createTopic('notifications');
    await notifications.createSubscription('postern-notifications');
    stage = await setStage({
      dialect: 'add-on',
      project,
      store: 'firestore:auth-data',
      pubsub: { host, publish: async (data) => void (await topic.publishMessage({ data })) },
      environment: { FIRESTORE_EMULATOR_HOST: firestore.host },
    });
    await stage.startSubscriber();
  });
  after(async () => {
    await stage?.end();
    await pubsub?.close();
    await Promise.all(emulators.map((emulator) => emulator.stop()));
  });

  const posts = () => stage.seen(stage.bruno).filter(isPost);
  const postCount = (count: number) =>
    stage.until(`${count} posts`, () => (posts().length >= count ? posts() : undefined));

  it('asks privately, stores nothing for somebody else, and posts after the consent', async () => {
    await stage.write(stage.ana, '@Postern over the emulators');
    const link = await stage.link(stage.ana);
    assert.equal(stage.seen(stage.bruno).filter(isPrivate).length, 0);
    assert.equal((await stage.consent(link, stage.bruno)).status, 403);
    assert.equal((await stage.consent(link, stage.ana)).status, 200);

    const [post] = await postCount(1);
    assert.equal(post?.resource.text, 'over the emulators');
    assert.equal(post?.resource.sender?.name, `users/${stage.ana.id}`);
    await stage.until('a connected card', () =>
      stage.seen(stage.ana).find((message) => cardText(message).includes('is connected')),
    );
  });

  it('posts twenty copies once, over two subscribers', async () => {
    await stage.startSubscriber();
    stage.copies = 20;
    await stage.write(stage.ana, '@Postern twenty copies');
    stage.copies = 1;
    await postCount(2);
    await stage.write(stage.ana, '@Postern and the last');

    assert.deepEqual(
      (await postCount(3)).map(({ resource }) => resource.text),
      ['over the emulators', 'twenty copies', 'and the last'],
    );
  });

  it('keeps no token in clear in Firestore', async () => {
    const [, { host }] = emulators;
    const database = `projects/${project}/databases/auth-data/documents`;
    const secrets = stage.google.accounts.issuedSecrets();
    for (const collection of ['grants', 'consents', 'requests']) {
      const response = await fetch(`http://${host}/v1/${database}/${collection}`, {
        headers: { Authorization: 'Bearer owner' },
      });
      const documents = await response.text();
      assert.ok(documents.includes('"fields"'), collection);
      assert.deepEqual(
        secrets.filter((secret) => documents.includes(secret)),
        [],
      );
    }
  });

  it('is looked after by npm run admin: keys rewrapped to and fro, and a grant revoked', async () => {
    const { TOKEN_KEYS: old = '' } = stage.environment;
    const [oldId = ''] = old.split(':');
    const fresh = `fresh:${randomBytes(32).toString('base64')}`;
    const rewrap = async (keys: string) =>
      rewrapIn(await askAdmin(stage, ['keys', 'rewrap'], { TOKEN_KEYS: keys }));
    const user = `users/${stage.ana.id}`;
    const keyOfAna = async () =>
      grantsIn(await askAdmin(stage, ['grants', 'list'])).map((grant) => [grant.user, grant.keyId]);

    const to = await rewrap(`${fresh},${old}`);
    assert.deepEqual([to.left, to.unused], [{}, [oldId]]);
    assert.deepEqual(await keyOfAna(), [[user, 'fresh']]);
    const back = await rewrap(`${old},${fresh}`);
    assert.deepEqual([back.rewrapped, back.left, back.unused], [to.rewrapped, {}, ['fresh']]);
    assert.deepEqual(await keyOfAna(), [[user, oldId]]);

    const links = () => stage.seen(stage.ana).filter(hasLink).length;
    assert.equal(links(), 0);
    const told = await askAdmin(stage, ['grants', 'revoke', user, '--yes']);
    assert.deepEqual(told, { user, wasConnected: true, revoked: true });
    await stage.write(stage.ana, '@Postern after the revocation');
    await stage.consent(await stage.link(stage.ana), stage.ana);
    assert.equal((await postCount(4)).at(-1)?.resource.text, 'after the revocation');
    const [answered = ''] = idsIn(
      await askAdmin(stage, ['requests', 'list', '--state', 'answered']),
    );
    assert.equal((await runAdmin(stage, ['requests', 'replay', answered, '--yes'])).code, 1);
  });
});
