import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { it, type TestContext } from 'node:test';
import { createKeyring } from '../../src/lib/store/keyring.ts';
import { sealed } from '../../src/lib/store/records.ts';
import type { Sealed, Sealer } from '../../src/lib/store/sealer.ts';
import { ANA, BO, idOf, ROOM, says } from './events.ts';
import { linkOf, wordsOf } from './recording-chat.ts';
import { type Scene, setScene } from './scene.ts';

/** `TOKEN_KEYS` with these ids, first to last. */
const ringOf = (...ids: string[]): Sealer =>
  createKeyring({
    keys: ids.map((id) => ({ id, key: createHash('sha256').update(id).digest() })),
    clientId: 'client',
  });

/** All processes of the scene have these keys, until others are given. */
function withKeys(t: TestContext, ...ids: string[]): Scene & { setKeys(...ids: string[]): void } {
  const scene = setScene(t);
  let ring = ringOf(...ids);
  t.mock.method(scene.sealer, 'seal', (...call: Parameters<Sealer['seal']>) => ring.seal(...call));
  t.mock.method(scene.sealer, 'open', (...call: Parameters<Sealer['open']>) => ring.open(...call));
  return Object.assign(scene, {
    setKeys(...changed: string[]) {
      ring = ringOf(...changed);
    },
  });
}

/** Puts something else in the place of a person's refresh token, as whoever can write to the store might. */
async function plant(scene: Scene, person: typeof ANA, refreshToken: Sealed): Promise<void> {
  const { get } = scene.store.grants;
  scene.store.grants.get = async (user) => {
    const grant = await get(user);
    return grant === undefined || user !== person ? grant : { ...grant, refreshToken };
  };
}

const codes = (scene: Scene) => scene.logged.flatMap(({ error }) => JSON.stringify(error ?? ''));
const posts = (scene: Scene) =>
  scene.chat
    .messages()
    .filter(({ by }) => by !== 'app')
    .map(({ by, text }) => [by, text]);
const asksToConnect = ({ chat }: Scene, person = ANA): boolean =>
  chat.messages().some((shown) => shown.privateTo === person && linkOf(shown) !== undefined);

it('a rotation asks nobody, and what is saved from then on is under the new key', async (t) => {
  const scene = withKeys(t, 'old');
  await scene.connect(ANA);
  scene.setKeys('new', 'old');
  await scene.connect(BO);
  await scene.dispatch(says('under the old key', { id: 'one' }));
  scene.setKeys('new');
  await scene.worker().dispatch({
    outcome: 'interaction',
    interaction: says('under the new key', { id: 'two', person: BO }),
  });
  assert.deepEqual(posts(scene), [
    [ANA, 'under the old key'],
    [BO, 'under the new key'],
  ]);
});

it('a key that is gone asks its people to connect again, and disturbs nobody else', async (t) => {
  const scene = withKeys(t, 'old');
  await scene.connect(ANA);
  scene.setKeys('new');
  await scene.connect(BO);
  assert.deepEqual(await scene.dispatch(says('good news', { id: 'one' })), { result: 'parked' });
  assert.match(codes(scene).join(), /seal_unknown_key/);
  assert.ok(asksToConnect(scene));
  assert.deepEqual(await scene.dispatch(says('mine', { id: 'two', person: BO })), {
    result: 'answered',
  });
  assert.deepEqual(await scene.dispatch(says('help', { id: 'three' })), { result: 'answered' });

  await scene.consent(scene.link(ANA));
  assert.deepEqual(await scene.runDue(), [{ result: 'answered' }]);
  assert.deepEqual(posts(scene), [
    [BO, 'mine'],
    [ANA, 'good news'],
  ]);
});

it('whose key is gone can still disconnect', async (t) => {
  const scene = withKeys(t, 'old');
  await scene.connect(ANA);
  scene.setKeys('new');
  assert.deepEqual(await scene.dispatch(says('disconnect')), { result: 'answered' });
  assert.equal(await scene.store.grants.get(ANA), undefined);
  assert.match(scene.chat.messages().map(wordsOf).join(), /myaccount\.google\.com/);
});

const PLANTED: readonly [what: string, make: (bo: Sealed, ana: Sealed) => string][] = [
  ['that of somebody else', (bo) => bo],
  ['one cut short', (_bo, ana) => ana.slice(0, -1)],
  [
    'one with a bit flipped',
    (_bo, ana) => `${ana.slice(0, -6)}${ana.at(-6) === 'A' ? 'B' : 'A'}${ana.slice(-5)}`,
  ],
  ['one that was sealed for a link', () => ''],
];
for (const [what, make] of PLANTED) {
  it(`a grant that holds ${what} acts for nobody: Google never hears of it`, async (t) => {
    const scene = withKeys(t, 'key');
    const bo = await scene.connect(BO);
    const ana = await scene.connect(ANA);
    const forLink = await scene.sealer.seal('1//x', { collection: 'consents', owner: ANA });
    await plant(scene, ANA, sealed.parse(make(bo.refreshToken, ana.refreshToken) || forLink));
    const refresh = t.mock.method(scene.google, 'refresh');
    assert.deepEqual(await scene.dispatch(says('good news')), { result: 'parked' });
    assert.equal(refresh.mock.callCount(), 0);
    assert.match(codes(scene).join(), /seal_broken/);
    assert.ok(asksToConnect(scene));
    assert.deepEqual(posts(scene), []);
    assert.notEqual(await scene.store.grants.get(BO), undefined);
  });
}

const due = { outcome: 'due', requestId: idOf('one'), space: ROOM } as const;

it('what waited under a key that is gone is carried out when the key is back', async (t) => {
  const scene = withKeys(t, 'old');
  await scene.dispatch(says('good news'));
  await scene.consent(scene.link());
  scene.setKeys('new');
  assert.equal((await scene.worker().dispatch(due)).result, 'retry');
  scene.setKeys('new', 'old');
  assert.deepEqual(await scene.worker().dispatch(due), { result: 'answered' });
  assert.deepEqual(posts(scene), [[ANA, 'good news']]);
});

it('what waited under a key that stays gone ends in one apology, to its person only', async (t) => {
  const scene = withKeys(t, 'old');
  await scene.dispatch(says('good news'));
  await scene.consent(scene.link());
  scene.setKeys('new');
  const results = [];
  for (let delivery = 0; delivery < 6; delivery++) {
    results.push((await scene.worker().dispatch(due)).result);
  }
  assert.deepEqual(results, ['retry', 'retry', 'retry', 'retry', 'failed', 'duplicate']);
  const apologies = scene.chat.messages().filter(({ text }) => /sorry/.test(text ?? ''));
  assert.deepEqual(
    apologies.map(({ by, space, privateTo }) => [by, space, privateTo]),
    [['app', ROOM, ANA]],
  );
  assert.deepEqual(posts(scene), []);
});
