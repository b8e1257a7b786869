import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { grantsIn, idsIn, rewrapIn } from '../admin/answers.ts';
import { consentLink, hasLink, isPost, isPrivate } from './messages.ts';
import { askAdmin, runAdmin } from './run-admin.ts';
import { type Stage, type Subscriber, setStage } from './stage.ts';

const keyNamed = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;

/** The texts that Postern has posted as people. */
const posted = (stage: Stage) =>
  stage
    .seen(stage.bruno)
    .filter(isPost)
    .map(({ resource }) => resource.text ?? '');

const postedOnce = (stage: Stage, text: string) =>
  stage.until(`a post of ${text}`, () =>
    posted(stage).filter((one) => one === text).length === 1 ? true : undefined,
  );

/** Ana connects by her first post. @returns the link that she was shown */
async function connect(stage: Stage, text: string): Promise<string> {
  await stage.write(stage.ana, `@Postern ${text}`);
  const link = await stage.link(stage.ana);
  assert.equal((await stage.consent(link, stage.ana)).status, 200);
  await postedOnce(stage, text);
  return link;
}

describe('a grant that an operator revokes while its person writes', () => {
  let stage: Stage;
  before(async () => {
    stage = await setStage({ dialect: 'add-on' });
    await stage.startSubscriber();
  });
  after(() => stage.end());

  it('leaves nothing unanswered, and nothing is posted twice', async () => {
    const first = await connect(stage, 'before the revocation');
    const texts = ['first', 'second', 'third', 'fourth'].map((which) => `the ${which} message`);
    const writing = (async () => {
      for (const text of texts) await stage.write(stage.ana, `@Postern ${text}`);
    })();
    const user = `users/${stage.ana.id}`;
    const [told] = await Promise.all([
      askAdmin(stage, ['grants', 'revoke', user, '--yes']),
      writing,
    ]);
    assert.deepEqual(told, { user, wasConnected: true, revoked: true });
    assert.deepEqual(await askAdmin(stage, ['grants', 'list']), { grants: [], corrupt: [] });

    await stage.write(stage.ana, '@Postern after the revocation');
    const next = await stage.until('another link', () =>
      stage
        .seen(stage.ana)
        .map(consentLink)
        .findLast((link) => link !== undefined && link !== first),
    );
    await stage.consent(next, stage.ana);
    for (const text of [...texts, 'after the revocation']) await postedOnce(stage, text);
  });
});

describe('a request that was given up, once its cause is mended', () => {
  const added = keyNamed('added');
  let stage: Stage;
  let subscriber: Subscriber;
  let link: string;
  let id: string;
  before(async () => {
    stage = await setStage({ dialect: 'classic', maximumBackoffMs: 1000 });
    subscriber = await stage.startSubscriber();
  });
  after(() => stage.end());

  const both = () => `${added},${stage.environment['TOKEN_KEYS']}`;
  const apologies = () =>
    stage.seen(stage.ana).filter((message) => {
      return isPrivate(message) && message.resource.text !== undefined;
    });
  const failed = async () =>
    idsIn(await askAdmin(stage, ['requests', 'list', '--state', 'failed']));

  it('is one that waited when somebody rotated the keys, and lost the old one', async () => {
    await stage.write(stage.ana, '@Postern the good news');
    link = await stage.link(stage.ana);
    await subscriber.stop(10_000);
    await stage.restartOAuthWeb({ TOKEN_KEYS: both() });
    assert.equal((await stage.consent(link, stage.ana)).status, 200);
  });

  it('ends with an apology', async () => {
    subscriber = await stage.startSubscriber({ TOKEN_KEYS: added });
    await stage.until('an apology', () => apologies()[0], 40_000);
    await subscriber.stop(10_000);
  });

  it('is listed, and shown without what was written', async () => {
    const [first = '', ...more] = await failed();
    assert.deepEqual(more, []);
    id = first;
    const shown = await runAdmin(stage, ['requests', 'show', id]);
    assert.match(shown.out, /^outcome: failed$/m);
    assert.ok(!shown.out.includes('good news'));
  });

  it('is replayed when that is confirmed only', async () => {
    const { code, err } = await runAdmin(stage, ['requests', 'replay', id]);
    assert.equal(code, 1);
    assert.match(err, /--yes/);
    assert.deepEqual(await failed(), [id]);
    await askAdmin(stage, ['requests', 'replay', id, '--yes']);
    assert.deepEqual(await failed(), []);
  });

  it('is carried out, and answered once', async () => {
    await stage.startSubscriber({ TOKEN_KEYS: both() });
    await postedOnce(stage, 'the good news');
    // What comes after it in the same space is answered after it: nothing of it is on its way any more.
    await stage.write(stage.ana, '@Postern and that is all');
    await postedOnce(stage, 'and that is all');
    assert.deepEqual(posted(stage), ['the good news', 'and that is all']);
    assert.equal(apologies().length, 1);
  });

  it('is not carried out again', async () => {
    const { code, err } = await runAdmin(stage, ['requests', 'replay', id, '--yes']);
    assert.equal(code, 1);
    assert.match(err, /would do it again/);
  });
});

describe('keys that are rotated while the processes run', () => {
  const fresh = keyNamed('fresh');
  let stage: Stage;
  let subscriber: Subscriber;
  let links: number;
  before(async () => {
    stage = await setStage({ dialect: 'add-on' });
    subscriber = await stage.startSubscriber();
  });
  after(() => stage.end());

  const old = () => stage.environment['TOKEN_KEYS'] ?? '';
  const both = () => `${fresh},${old()}`;
  const linksOf = (person = stage.ana) => stage.seen(person).filter(hasLink).length;
  /** Both processes anew, with these keys. */
  async function restartWith(keys: string): Promise<void> {
    await subscriber.stop(10_000);
    await stage.restartOAuthWeb({ TOKEN_KEYS: keys });
    subscriber = await stage.startSubscriber({ TOKEN_KEYS: keys });
  }

  it('begin with the old one, under which one is connected, and another waits', async () => {
    await connect(stage, 'under the old key');
    await stage.write(stage.bruno, '@Postern bruno waits for the new key');
    await stage.link(stage.bruno);
    await stage.until('the card to say so', () => (linksOf() === 0 ? true : undefined));
    links = linksOf();
  });

  it('are taken by both processes, the new one first', () => restartWith(both()));

  it('free the old one by rewrap, while somebody writes', async () => {
    const writing = stage.write(stage.ana, '@Postern while it is encrypted anew');
    const told = await askAdmin(stage, ['keys', 'rewrap'], { TOKEN_KEYS: both() });
    await writing;
    const { key, left, unused } = rewrapIn(told);
    const oldId = old().slice(0, old().indexOf(':'));
    assert.deepEqual({ key, left, unused }, { key: 'fresh', left: {}, unused: [oldId] });
    await postedOnce(stage, 'while it is encrypted anew');
  });

  it('do without the old one', () => restartWith(fresh));

  it('leave everybody connected', async () => {
    await stage.write(stage.ana, '@Postern under the new key');
    await postedOnce(stage, 'under the new key');
    assert.equal(linksOf(), links);
  });

  it('leave the link of before usable, and what waits for it is carried out', async () => {
    const page = await stage.consent(await stage.link(stage.bruno), stage.bruno);
    assert.equal(page.status, 200);
    await postedOnce(stage, 'bruno waits for the new key');
    const grants = grantsIn(await askAdmin(stage, ['grants', 'list']));
    assert.deepEqual(
      grants.map(({ keyId }) => keyId),
      ['fresh', 'fresh'],
    );
  });
});

describe('npm run admin', () => {
  it('refuses with 78 what it isn’t configured for, and helps without a configuration', async () => {
    const place = { environment: {}, output: [] };
    assert.equal((await runAdmin(place, ['--help'])).code, 0);
    const { code, err } = await runAdmin(place, ['keys', 'rewrap']);
    assert.equal(code, 78);
    for (const variable of ['TOKEN_KEYS', 'OAUTH_CLIENT_FILE']) {
      assert.match(err, new RegExp(`^  ${variable}: .+\n    → .+`, 'm'));
    }
  });
});
