import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { days } from '../../src/lib/clock.ts';
import { userName } from '../../src/lib/names.ts';
import { ADA, BOB, NOW, parked, request, statusOf } from '../lib/store/contract/fixture.ts';
import { grantsIn } from './answers.ts';
import { keysOf, setScene } from './scene.ts';

const ada = {
  user: ADA,
  email: 'ada@example.com',
  scopes: ['openid', 'https://www.googleapis.com/auth/chat.messages.create'],
  connectedAt: '2026-11-20T09:00:00Z',
  lastUsedAt: '2026-11-22T09:00:00Z',
  keyId: 'k1',
  version: NOW,
};

describe('grants list', () => {
  it('says so when nobody is connected', async (t) => {
    const scene = await setScene(t);
    assert.equal((await scene.run('grants', 'list')).out, 'Nobody is connected.\n');
    assert.deepEqual(await scene.json('grants', 'list'), { grants: [], corrupt: [] });
  });

  it('tells of each who they are, what they granted, since when, and under which key', async (t) => {
    const scene = await setScene(t);
    const version = await scene.connect();
    await scene.store.grants.noteUse(ADA, version, NOW + days(2));
    await scene.connect({ user: BOB, email: 'bob\u001b[2J@example.com', key: 'k0' });

    const [first, second] = grantsIn(await scene.json('grants', 'list'));
    assert.deepEqual(first, ada);
    assert.deepEqual([second?.user, second?.keyId], [BOB, 'k0']);

    const { out, code } = await scene.run('grants', 'list');
    const [head = '', line = '', ...more] = out.split('\n');
    assert.match(head, /^person +address +connected +last used +key +version +scopes$/);
    assert.match(line, /^users\/1\S+ +ada@example.com +2026-11-20T09:00:00Z +2026-11-22 +k1 /);
    assert.equal(line.indexOf('ada@'), head.indexOf('address'));
    assert.deepEqual([code, more.length], [0, 2]);
    assert.ok(!out.includes('\u001b'));
  });

  it('lists more people than one page holds', async (t) => {
    const scene = await setScene(t);
    for (let at = 0; at < 205; at++) {
      const user = userName.parse(`users/${at}`);
      await scene.connect({ user, at: NOW + at });
    }
    assert.equal(grantsIn(await scene.json('grants', 'list')).length, 205);
  });

  it('needs no key, and no OAuth client', async (t) => {
    const scene = await setScene(t);
    const { STORE = '' } = scene.environment;
    scene.environment = { STORE };
    assert.equal((await scene.run('grants', 'list')).code, 0);
  });
});

describe('grants revoke', () => {
  it('ends the grant at Google, deletes it, and forgets what waited', async (t) => {
    const scene = await setScene(t);
    await scene.connect({ token: '1//adas-token' });
    await scene.connect({ user: BOB, email: 'bob@example.com' });
    await parked(scene.store, 'waiting');

    const told = await scene.json('grants', 'revoke', ADA, '--yes');
    assert.deepEqual(told, { user: ADA, wasConnected: true, revoked: true });
    assert.deepEqual(scene.google.posts, [
      { path: '/revoke', search: '', form: { token: '1//adas-token' } },
    ]);
    assert.equal(await scene.store.grants.get(ADA), undefined);
    assert.equal(await statusOf(scene.store, 'waiting'), 'done');
    assert.notEqual(await scene.store.grants.get(BOB), undefined);
  });

  it('finds somebody by the address that Google told, and nobody by another', async (t) => {
    const scene = await setScene(t);
    await scene.connect();
    const unknown = await scene.run('grants', 'revoke', 'bob@example.com', '--yes');
    assert.equal(unknown.code, 1);
    assert.match(unknown.err, /admin_unknown.*grants list/);
    await scene.connect({ user: BOB, email: 'ADA@example.com' });
    const ambiguous = await scene.run('grants', 'revoke', 'ada@example.com', '--yes');
    assert.match(ambiguous.err, new RegExp(`admin_ambiguous.*${ADA}, ${BOB}`));
    assert.equal(scene.google.posts.length, 0);

    await scene.store.grants.delete(BOB, NOW);
    assert.equal((await scene.run('grants', 'revoke', 'Ada@Example.com', '--yes')).code, 0);
    assert.equal(await scene.store.grants.get(ADA), undefined);
  });

  it('asks first, and does nothing unless it is confirmed', async (t) => {
    const scene = await setScene(t);
    await scene.connect();
    const script = await scene.run('grants', 'revoke', ADA);
    assert.deepEqual([script.code, script.out], [1, '']);
    assert.match(script.err, /--yes/);
    const questions: string[] = [];
    scene.typing = (question) => {
      questions.push(question);
      return 'n';
    };
    assert.equal((await scene.run('grants', 'revoke', ADA)).code, 1);
    assert.match(questions.join(), new RegExp(`Disconnect ${ADA}`));
    assert.equal(scene.google.posts.length, 0);
    assert.notEqual(await scene.store.grants.get(ADA), undefined);

    scene.typing = () => 'y';
    assert.equal((await scene.run('grants', 'revoke', ADA)).code, 0);
    assert.equal(await scene.store.grants.get(ADA), undefined);
  });

  it('leaves a connection that came while it was confirmed', async (t) => {
    const scene = await setScene(t);
    await scene.connect();
    await parked(scene.store, 'waiting');
    scene.google.answerWith('/revoke', 'hang');
    const revoked = scene.google.posted();
    const running = scene.run('grants', 'revoke', ADA, '--yes');
    await revoked;
    const newer = await scene.connect({ at: NOW + 1 });
    scene.google.answerWith('/revoke', undefined);

    const { code, err } = await running;
    assert.equal(code, 1);
    assert.match(err, /admin_changed_meanwhile.*run it again/);
    assert.equal((await scene.store.grants.get(ADA))?.version, newer);
    assert.equal((await scene.run('grants', 'revoke', ADA, '--yes')).code, 0);
  });

  it('deletes although Google can’t be told, and says what the person can do', async (t) => {
    const scene = await setScene(t);
    await scene.connect();
    scene.google.answerWith('/revoke', { status: 503 });
    const { code, out } = await scene.run('grants', 'revoke', ADA, '--yes');
    assert.equal(code, 0);
    assert.match(out, /did not answer.*myaccount\.google\.com/);
    assert.equal(await scene.store.grants.get(ADA), undefined);

    scene.google.answerWith('/revoke', undefined);
    await scene.connect({ at: NOW + 1 });
    scene.environment['TOKEN_KEYS'] = keysOf('k9');
    const lost = await scene.run('grants', 'revoke', ADA, '--yes');
    assert.match(lost.out, /couldn’t be opened/);
    assert.equal(await scene.store.grants.get(ADA), undefined);
  });

  it('forgets what waits for somebody who isn’t connected', async (t) => {
    const scene = await setScene(t);
    await parked(scene.store, 'waiting');
    const told = await scene.json('grants', 'revoke', ADA, '--yes');
    assert.deepEqual(told, { user: ADA, wasConnected: false, revoked: false });
    const entry = await scene.store.administration.findRequest(request('waiting'));
    assert.equal(entry?.outcome, 'forgotten');
  });
});
