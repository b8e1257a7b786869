import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { days } from '../../src/lib/clock.ts';
import { ADA, BOB, NOW, parked, request } from '../lib/store/contract/fixture.ts';
import { withDatabase } from '../lib/store/sqlite-file.ts';
import { keysOf, type Scene, setScene } from './scene.ts';

/** Two people are connected, and two requests wait; of each, somebody has written nonsense over one. */
async function damaged(t: TestContext): Promise<Scene> {
  const scene = await setScene(t);
  await scene.connect({ key: 'k0' });
  await scene.connect({ user: BOB, email: 'bob@example.com' });
  for (const name of ['read', 'unread']) await parked(scene.store, name);
  withDatabase(scene.environment['STORE']?.replace('sqlite:', '') ?? '', (database) => {
    database.prepare("UPDATE grants SET refreshToken = '1//in-clear' WHERE user = ?").run(ADA);
    database.prepare("UPDATE requests SET space = 'nowhere' WHERE id = ?").run(request('unread'));
  });
  return scene;
}

const nameOf = (collection: string, key: string, field: string): RegExp =>
  new RegExp(
    `\\n✗ “${key}” in “${collection}” can’t be read\\. A record in "${collection}" .*${field}`,
  );
const ADAS = nameOf('grants', ADA, 'refreshToken');
const ITS = nameOf('requests', request('unread'), 'waited\\.space');

describe('a record that is not as Postern writes it', () => {
  it('is named by the list of grants, beside those that can be read', async (t) => {
    const scene = await damaged(t);
    const { code, out } = await scene.run('grants', 'list');
    assert.equal(code, 1);
    assert.match(out, /bob@example\.com/);
    assert.match(out, ADAS);
    assert.doesNotMatch(out, /in-clear/);
    const json = await scene.run('grants', 'list', '--json');
    assert.equal(json.code, 1);
    assert.match(json.out, new RegExp(`"collection": ?"grants",\\s*"key": ?"${ADA}"`));
    assert.match(json.out, new RegExp(`"user": ?"${BOB}"`));
  });

  it('is named by the list of requests', async (t) => {
    const scene = await damaged(t);
    const { code, out } = await scene.run('requests', 'list');
    assert.equal(code, 1);
    assert.match(out, new RegExp(`^${request('read')} `, 'm'));
    assert.match(out, ITS);
    const json = await scene.run('requests', 'list', '--json');
    assert.match(json.out, new RegExp(`"key": ?"${request('unread')}"`));
  });

  it('keeps nobody from being found by their address, or purged, and is left alone', async (t) => {
    const scene = await damaged(t);
    scene.now = NOW + days(400);
    const purged = await scene.run('grants', 'purge', '--unused-for', '180', '--yes');
    assert.equal(purged.code, 1);
    assert.match(purged.out, ADAS);
    const version = await scene.connect({ user: BOB, email: 'bob@example.com' });
    assert.ok(version > 0);
    const revoked = await scene.run('grants', 'revoke', 'bob@example.com', '--yes');
    assert.equal(revoked.code, 0, revoked.err);
    assert.match((await scene.run('grants', 'list')).out, ADAS);
  });

  it('may be under any key, so that none is said to be of no use any more', async (t) => {
    const scene = await setScene(t);
    await scene.connect({ key: 'k0' });
    const { STORE = '' } = scene.environment;
    scene.environment['TOKEN_KEYS'] = keysOf('k1', 'k0');
    withDatabase(STORE.replace('sqlite:', ''), (database) => {
      database.prepare("UPDATE grants SET refreshToken = 'v1.k0' WHERE user = ?").run(ADA);
    });
    const { code, out } = await scene.run('keys', 'rewrap');
    assert.equal(code, 1);
    assert.match(out, /✗ “users\/\d+” in “grants”/);
    assert.doesNotMatch(out, /no longer used/);
  });
});
