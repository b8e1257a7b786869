import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ADA, aConsent, aWait, BOB, HALL, parked } from '../lib/store/contract/fixture.ts';
import { everyPage } from '../lib/store/contract/pages.ts';
import { rewrapIn } from './answers.ts';
import { keysOf, ringOf, type Scene, setScene } from './scene.ts';

/** Ada and Bob are connected, a link of Ada's is in flight, and a request of hers waits: all under the first of these keys. */
async function fill({ store, connect }: Scene, key: string): Promise<void> {
  await connect({ key, token: '1//ada' });
  await connect({ user: BOB, key, token: '1//bob' });
  const ring = ringOf(key);
  const own = { collection: 'consents', owner: ADA } as const;
  const verifier = await ring.seal('verifier', own);
  const nonce = await ring.seal('nonce', own);
  await store.consents.open(aConsent({ space: HALL, verifier, nonce }));
  const payload = await ring.seal('payload', { collection: 'requests', owner: ADA });
  await parked(store, 'waiting', aWait({ payload }));
}

/** What opens under these keys only. */
async function readable({ store }: Scene, ...keys: string[]): Promise<string[]> {
  const ring = ringOf(...keys);
  const found: string[] = [];
  for (const collection of ['grants', 'consents', 'requests'] as const) {
    const { records } = await everyPage((page) =>
      store.administration.listSealed(collection, page),
    );
    for (const { owner, values } of records) {
      for (const value of values) {
        await ring.open(value, { collection, owner }).then(
          (secret) => found.push(secret),
          () => {},
        );
      }
    }
  }
  return found.toSorted();
}

const EVERYTHING = ['1//ada', '1//bob', 'nonce', 'payload', 'verifier'];

describe('keys rewrap', () => {
  it('encrypts everything anew under the first key, and tells which may be removed', async (t) => {
    const scene = await setScene(t);
    await fill(scene, 'k1');
    scene.environment['TOKEN_KEYS'] = keysOf('k2', 'k1', 'k0');
    assert.deepEqual(await readable(scene, 'k2'), []);

    const { code, out } = await scene.run('keys', 'rewrap');
    assert.equal(code, 0);
    assert.match(out, /^Encrypted anew under k2: 5\.$/m);
    assert.match(out, /^Key k1 is no longer used: it may be removed/m);
    assert.match(out, /^Key k0 is no longer used/m);
    assert.deepEqual(await readable(scene, 'k2'), EVERYTHING);

    scene.environment['TOKEN_KEYS'] = keysOf('k2');
    const again = await scene.json('keys', 'rewrap');
    assert.deepEqual(again, {
      key: 'k2',
      rewrapped: 0,
      left: {},
      unused: [],
      corrupt: [],
    });
  });

  it('changes no version, so that nobody’s access token is dropped', async (t) => {
    const scene = await setScene(t);
    await fill(scene, 'k1');
    const before = await scene.store.grants.get(ADA);
    scene.environment['TOKEN_KEYS'] = keysOf('k2', 'k1');
    await scene.run('keys', 'rewrap');
    const after = await scene.store.grants.get(ADA);
    assert.notEqual(after?.refreshToken, before?.refreshToken);
    assert.deepEqual({ ...after, refreshToken: '' }, { ...before, refreshToken: '' });
  });

  it('works without an OAuth client where nobody is asked', async (t) => {
    const scene = await setScene(t);
    scene.environment['USER_AUTH'] = 'delegation';
    assert.equal((await scene.run('keys', 'rewrap')).code, 0);
  });

  it('leaves what it can’t open, says under which key that is, and fails', async (t) => {
    const scene = await setScene(t);
    await fill(scene, 'lost');
    await scene.connect({ user: BOB, key: 'k1', at: scene.now + 1, token: '1//bob' });
    scene.environment['TOKEN_KEYS'] = keysOf('k2', 'k1');
    const { code, out } = await scene.run('keys', 'rewrap');
    assert.equal(code, 1);
    assert.match(out, /^Under key lost, which is not in TOKEN_KEYS: 4\. Put that key back/m);
    assert.match(out, /^Key k1 is no longer used/m);
    assert.deepEqual(await readable(scene, 'k2'), ['1//bob']);

    scene.environment['TOKEN_KEYS'] = keysOf('k2', 'lost');
    assert.equal((await scene.run('keys', 'rewrap')).code, 0);
    assert.deepEqual(await readable(scene, 'k2'), EVERYTHING);
  });

  it('goes on where it was interrupted', async (t) => {
    const scene = await setScene(t);
    await fill(scene, 'k1');
    scene.environment['TOKEN_KEYS'] = keysOf('k2', 'k1');
    let lists = 0;
    t.mock.method(scene.interruption.signal, 'throwIfAborted', () => {
      // Each list of each pass asks once. The fifth is the consents’ of the second pass.
      if (++lists > 4) throw new Error('stopped');
    });
    assert.equal((await scene.run('keys', 'rewrap')).code, 1);
    assert.deepEqual(await readable(scene, 'k2'), ['1//ada', '1//bob']);
    scene.interruption = new AbortController();
    assert.equal(rewrapIn(await scene.json('keys', 'rewrap')).rewrapped, 3);
    assert.deepEqual(await readable(scene, 'k2'), EVERYTHING);
  });

  it('goes on while the processes write, without overwriting anything of theirs', async (t) => {
    const scene = await setScene(t);
    await fill(scene, 'k1');
    scene.environment['TOKEN_KEYS'] = keysOf('k2', 'k1');
    // A process that has the old key first still, and is just at work when the list has been read.
    let lists = 0;
    const connecting: Promise<number>[] = [];
    t.mock.method(scene.interruption.signal, 'throwIfAborted', () => {
      if (++lists === 5) {
        connecting.push(scene.connect({ at: scene.now + 1, key: 'k1', token: '1//ada-anew' }));
      }
    });
    const { code } = await scene.run('keys', 'rewrap');
    await Promise.all(connecting);
    assert.equal(code, 0, 'a further round has found it');
    const found = await readable(scene, 'k2');
    assert.ok(found.includes('1//ada-anew') && !found.includes('1//ada'));
  });

  it('shows how far it is to whoever looks', async (t) => {
    const scene = await setScene(t);
    await fill(scene, 'k1');
    scene.environment['TOKEN_KEYS'] = keysOf('k2', 'k1');
    scene.typing = () => assert.fail('nothing is lost, so nothing is asked');
    assert.match((await scene.run('keys', 'rewrap')).drawn, /Encrypting anew █+ 100 %/);
  });
});
