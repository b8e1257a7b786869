import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { days } from '../../src/lib/clock.ts';
import { ADA, BOB, listed, NOW, request, scheduled } from '../lib/store/contract/fixture.ts';
import { withDatabase } from '../lib/store/sqlite-file.ts';
import { type Scene, setScene } from './scene.ts';

const nothing = {
  purged: 0,
  changedMeanwhile: 0,
  googleNotTold: 0,
  countedFromNow: 0,
  corrupt: [],
};
const purge = (scene: Scene, forDays = '30') =>
  scene.json('grants', 'purge', '--unused-for', forDays, '--yes');
const isConnected = async ({ store }: Scene, user = ADA) =>
  (await store.grants.get(user)) !== undefined;

describe('grants purge', () => {
  it('ends what nobody has used for so long, at Google, too, and leaves the rest', async (t) => {
    const scene = await setScene(t);
    await scene.connect({ token: '1//unused' });
    const version = await scene.connect({ user: BOB });
    await scene.store.grants.noteUse(BOB, version, NOW + days(5));

    scene.now = NOW + days(31) - 1;
    assert.deepEqual(await purge(scene), nothing, 'a use may be a day younger than its note');
    scene.now = NOW + days(31);
    assert.deepEqual(await purge(scene), { ...nothing, purged: 1 });
    assert.deepEqual(
      scene.google.posts.map(({ form }) => form['token']),
      ['1//unused'],
    );
    assert.deepEqual([await isConnected(scene), await isConnected(scene, BOB)], [false, true]);
  });

  it('asks first, with how many it would be', async (t) => {
    const scene = await setScene(t);
    await scene.connect();
    await scene.connect({ user: BOB });
    scene.now = NOW + days(100);
    const { code, err } = await scene.run('grants', 'purge', '--unused-for', '30');
    assert.equal(code, 1);
    assert.match(err, /Disconnect 2 people .* 30 days\?.*--yes/);
    assert.equal(await isConnected(scene), true);
  });

  it('asks nothing when there is nobody, and shows how far it is when there are many', async (t) => {
    const scene = await setScene(t);
    scene.typing = () => assert.fail('there is nobody');
    assert.equal((await scene.run('grants', 'purge', '--unused-for', '30')).code, 0);
    await scene.connect();
    scene.now = NOW + days(100);
    scene.typing = () => 'y';
    const { out, drawn } = await scene.run('grants', 'purge', '--unused-for', '30');
    assert.equal(out, 'Disconnected: one person.\n');
    assert.match(drawn, /Disconnecting █+ 100 %/);
  });

  it('leaves whoever used theirs, or connected again, while it was confirmed', async (t) => {
    const scene = await setScene(t);
    const version = await scene.connect();
    await scene.connect({ user: BOB });
    scene.now = NOW + days(100);
    scene.typing = async () => {
      await scene.store.grants.noteUse(ADA, version, scene.now);
      await scene.connect({ user: BOB });
      return 'y';
    };
    const { out } = await scene.run('grants', 'purge', '--unused-for', '30');
    assert.match(out, /Left alone, since it was used or ended meanwhile: 2/);
    assert.equal(scene.google.posts.length, 0);
    assert.deepEqual([await isConnected(scene), await isConnected(scene, BOB)], [true, true]);
  });

  it('leaves what Google couldn’t be told of, for another run', async (t) => {
    const scene = await setScene(t);
    await scene.connect();
    scene.now = NOW + days(100);
    scene.google.answerWith('/revoke', { status: 503 });
    const { code, out } = await scene.run('grants', 'purge', '--unused-for', '30', '--yes');
    assert.equal(code, 1);
    assert.match(out, /Google couldn’t be told: 1\. Run it again/);
    assert.equal(await isConnected(scene), true);
    scene.google.answerWith('/revoke', undefined);
    assert.deepEqual(await purge(scene), { ...nothing, purged: 1 });
  });

  it('counts a grant of which no use was ever noted as used today', async (t) => {
    const scene = await setScene(t);
    await scene.connect();
    const path = (scene.environment['STORE'] ?? '').replace('sqlite:', '');
    withDatabase(path, (database) => database.exec('UPDATE grants SET lastUsedAt = NULL'));
    scene.now = NOW + days(100);
    assert.deepEqual(await purge(scene), { ...nothing, countedFromNow: 1, corrupt: [] });
    scene.now += days(30);
    assert.deepEqual(await purge(scene), nothing);
    scene.now += days(1);
    assert.deepEqual(await purge(scene), { ...nothing, purged: 1 });
  });

  it('leaves what waits for its person: they are asked at its hour', async (t) => {
    const scene = await setScene(t);
    await scene.connect();
    await scheduled(scene.store, 'plan', { at: NOW + days(200) });
    scene.now = NOW + days(100);
    assert.deepEqual(await purge(scene), { ...nothing, purged: 1 });
    assert.deepEqual(await listed(scene.store, ADA, scene.now), [request('plan')]);
  });

  it('stops when it is told to, and goes on with another run', async (t) => {
    const scene = await setScene(t);
    await scene.connect();
    await scene.connect({ user: BOB });
    scene.now = NOW + days(100);
    scene.google.answerWith('/revoke', 'hang');
    const revoked = scene.google.posted();
    const running = scene.run('grants', 'purge', '--unused-for', '30', '--yes');
    await revoked;
    scene.interruption.abort();
    assert.deepEqual([(await running).code, (await running).err], [130, 'Stopped.\n']);

    scene.google.answerWith('/revoke', undefined);
    scene.interruption = new AbortController();
    assert.deepEqual(await purge(scene), { ...nothing, purged: 2 });
  });
});
