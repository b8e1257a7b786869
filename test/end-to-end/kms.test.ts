import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { grantsIn, rewrapIn } from '../admin/answers.ts';
import { hasLink, isPost } from './messages.ts';
import { askAdmin } from './run-admin.ts';
import { type Stage, type Subscriber, setStage } from './stage.ts';

const posted = (stage: Stage, text: string) =>
  stage.until(`a post of ${text}`, () => {
    const posts = stage.seen(stage.bruno).filter(isPost);
    return posts.filter(({ resource }) => resource.text === text).length === 1 ? true : undefined;
  });

const links = (stage: Stage): number => stage.seen(stage.ana).filter(hasLink).length;

const kmsKeyOf = ({ google }: Stage): string => `kms:${google.kmsKey}`;

async function connect(stage: Stage, text: string): Promise<void> {
  await stage.write(stage.ana, `@Postern ${text}`);
  const link = await stage.link(stage.ana);
  assert.equal((await stage.consent(link, stage.ana)).status, 200);
  await posted(stage, text);
  await stage.until('the card to say so', () => (links(stage) === 0 ? true : undefined));
}

/** How often a warning or an error of this code was logged. */
const logged = ({ output }: Stage, code: string): number =>
  output.filter((line) => line.includes(`"${code}"`)).length;

describe('an installation whose key is in Cloud KMS', () => {
  let stage: Stage;
  let subscriber: Subscriber;
  before(async () => {
    const project = 'postern-test';
    const TOKEN_KEYS = `kms:projects/${project}/locations/global/keyRings/postern/cryptoKeys/postern`;
    stage = await setStage({
      dialect: 'add-on',
      project,
      maximumBackoffMs: 1000,
      environment: { TOKEN_KEYS },
    });
    subscriber = await stage.startSubscriber();
  });
  after(() => stage.end());

  it('connects whoever consents, and carries out what waited', async () => {
    assert.equal(stage.environment['TOKEN_KEYS'], kmsKeyOf(stage));
    await connect(stage, 'sealed by Cloud KMS');
  });

  it('asks nobody anew after a restart', async () => {
    await subscriber.stop(10_000);
    subscriber = await stage.startSubscriber();
    await stage.write(stage.ana, '@Postern after the restart');
    await posted(stage, 'after the restart');
    assert.equal(links(stage), 0);
  });

  it('calls Cloud KMS for a process, not for an event', async () => {
    const { calls } = stage.google.kms;
    const asked = calls.length;
    for (const text of ['one event', 'two events', 'three events']) {
      await stage.write(stage.ana, `@Postern ${text}`);
      await posted(stage, text);
    }
    assert.equal(calls.length, asked);
  });

  it('lets requests wait while Cloud KMS is away, and carries them out then', async () => {
    await subscriber.stop(10_000);
    stage.google.kms.trouble = 'unavailable';
    subscriber = await stage.startSubscriber();
    const before = logged(stage, 'kms_unavailable');
    await stage.write(stage.ana, '@Postern while it was away');
    await stage.until('a request that waits for Cloud KMS', () =>
      logged(stage, 'kms_unavailable') > before ? true : undefined,
    );
    stage.google.kms.trouble = undefined;
    await posted(stage, 'while it was away');
    assert.equal(links(stage), 0);
  });

  it('doesn’t start with a key that was destroyed, and says what to do', async () => {
    await subscriber.stop(10_000);
    stage.google.kms.keys.setState(stage.google.kmsKey, 'DESTROYED');
    await assert.rejects(
      stage.startSubscriber(),
      /ended with 1 .*Cloud KMS refuses the key projects\/.*FAILED_PRECONDITION.*disabled or destroyed/s,
    );
  });

  it('goes on where it was once the key is back', async () => {
    stage.google.kms.keys.setState(stage.google.kmsKey, 'ENABLED');
    subscriber = await stage.startSubscriber();
    await stage.write(stage.ana, '@Postern after its return');
    await posted(stage, 'after its return');
    assert.equal(links(stage), 0);
  });
});

describe('an installation that moves its keys', () => {
  let stage: Stage;
  let subscriber: Subscriber;
  let local: string;
  before(async () => {
    stage = await setStage({ dialect: 'classic' });
    subscriber = await stage.startSubscriber();
    local = stage.environment['TOKEN_KEYS'] ?? '';
  });
  after(() => stage.end());

  /** Both processes anew, with the first key first, then with it alone; and all encrypted anew in between. */
  async function move(from: string, to: string): Promise<void> {
    for (const TOKEN_KEYS of [`${to},${from}`, to]) {
      await subscriber.stop(10_000);
      await stage.restartOAuthWeb({ TOKEN_KEYS });
      subscriber = await stage.startSubscriber({ TOKEN_KEYS });
      if (TOKEN_KEYS === to) return;
      const { left, unused } = rewrapIn(await askAdmin(stage, ['keys', 'rewrap'], { TOKEN_KEYS }));
      assert.deepEqual(left, {});
      assert.equal(unused.length, 1);
    }
  }

  const keyOfAna = async () => grantsIn(await askAdmin(stage, ['grants', 'list']))[0]?.keyId;

  it('has somebody connected, and somebody with a link, under a local key', async () => {
    await connect(stage, 'under the local key');
    await stage.write(stage.bruno, '@Postern bruno waits');
    await stage.link(stage.bruno);
    assert.equal(await keyOfAna(), 'laptop');
  });

  it('comes to Cloud KMS by a rewrap, and asks nobody anew', async () => {
    await move(local, kmsKeyOf(stage));
    assert.match((await keyOfAna()) ?? '', /^kms-[0-9a-f]{8}$/);
    await stage.write(stage.ana, '@Postern under Cloud KMS');
    await posted(stage, 'under Cloud KMS');
    assert.equal(links(stage), 0);
  });

  it('comes back the same way, and what waited all the time is carried out', async () => {
    await move(kmsKeyOf(stage), local);
    assert.equal(await keyOfAna(), 'laptop');
    assert.equal((await stage.consent(await stage.link(stage.bruno), stage.bruno)).status, 200);
    await posted(stage, 'bruno waits');
  });
});
