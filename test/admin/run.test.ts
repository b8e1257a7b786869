import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { it } from 'node:test';
import { freshPath } from '../lib/store/sqlite-file.ts';
import { setScene } from './scene.ts';

it('tells how it is used, without any configuration', async (t) => {
  const scene = await setScene(t);
  scene.environment = {};
  const { code, out, err } = await scene.run('--help');
  assert.deepEqual([code, err], [0, '']);
  for (const words of [/npm run admin -- keys rewrap/, /--yes/, /Exit codes/]) {
    assert.match(out, words);
  }
});

it('tells with 64 what it can’t understand', async (t) => {
  const { code, out, err } = await (await setScene(t)).run('grants', 'drop');
  assert.deepEqual([code, out], [64, '']);
  assert.match(err, /none of the commands/);
});

it('tells with 78 everything that a command misses, and nothing that it doesn’t need', async (t) => {
  const scene = await setScene(t);
  const wrong = { STORE: 'x', TOKEN_KEYS: 'x', OAUTH_REVOKE_URL: 'x', USER_AUTH: 'x' };
  scene.environment = wrong;
  const variables = async (...args: string[]) => {
    const { code, err } = await scene.run(...args);
    assert.equal(code, 78);
    return [...err.matchAll(/^ {2}(\w+): /gm)].map(([, name]) => name);
  };
  assert.deepEqual(await variables('requests', 'list'), ['STORE']);
  const revoke = ['STORE', 'TOKEN_KEYS', 'OAUTH_REVOKE_URL'];
  assert.deepEqual(await variables('grants', 'revoke', 'users/1'), revoke);
  assert.deepEqual(await variables('keys', 'rewrap'), ['STORE', 'TOKEN_KEYS', 'USER_AUTH']);
});

it('makes no database where there is none', async (t) => {
  const scene = await setScene(t);
  const path = freshPath(t);
  scene.environment['STORE'] = `sqlite:${path}`;
  const { code, err } = await scene.run('grants', 'list');
  assert.equal(code, 1);
  assert.match(err, /store_unavailable.*no SQLite database at the path in STORE/);
  assert.equal(existsSync(path), false);
});

it('tells nothing of an error that isn’t ours but its class', async (t) => {
  const scene = await setScene(t);
  await scene.connect();
  scene.typing = () => {
    throw new TypeError('a secret');
  };
  const { code, err } = await scene.run('grants', 'revoke', 'users/100000000000000000001');
  assert.deepEqual([code, err], [1, 'Error (defect): TypeError. Please report it.\n']);
});
