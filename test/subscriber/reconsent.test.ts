import assert from 'node:assert/strict';
import { it } from 'node:test';
import { minutes } from '../../src/lib/clock.ts';
import { AuthorizationError } from '../../src/lib/errors.ts';
import { ANA, event, says } from './events.ts';
import { linkOf } from './recording-chat.ts';
import { type Scene, setScene } from './scene.ts';

/** Calls `then` before the n-th call of a worker to the store, to Google or to Chat. @returns how many there were */
function atCall(scene: Scene, n: number, then: () => Promise<void>): () => number {
  let calls = 0;
  const enter = async (): Promise<void> => {
    if (calls++ === n) await then();
  };
  scene.enter = enter;
  return () => calls;
}

/** Ana's grant is dead at Google, and her next token is refused; whatever comes after a new consent is not. */
async function openWithDeadGrant(scene: Scene): Promise<{ version: number }> {
  const { version } = await scene.connect();
  const { refresh } = scene.google;
  scene.google.refresh = async (token, signal) => {
    const grant = await scene.store.grants.get(ANA);
    if (grant === undefined || grant.version === version) {
      throw new AuthorizationError('grant_revoked', 'ended');
    }
    return await refresh(token, signal);
  };
  scene.pass(minutes(1));
  return { version };
}

/** Until nothing is due any more. */
async function settle(scene: Scene): Promise<void> {
  while ((await scene.runDue()).length > 0);
}

it('whenever the new consent comes, it stays, and what was asked for is posted once', async (t) => {
  let n = 0;
  for (let calls = Infinity; n < calls; n++) {
    const scene = setScene(t);
    const { version: old } = await openWithDeadGrant(scene);
    const counted = atCall(scene, n, async () => {
      await scene.connect();
    });
    await scene.dispatch(says('good news'));
    calls = counted();
    scene.enter = () => {};
    await settle(scene);

    const at = `before call ${n}`;
    assert.ok(((await scene.store.grants.get(ANA))?.version ?? 0) > old, at);
    const shown = scene.chat.messages();
    const posts = shown.filter(({ by }) => by === ANA);
    assert.deepEqual(
      posts.map(({ text }) => text),
      ['good news'],
      at,
    );
    assert.deepEqual(
      shown.map(linkOf).filter((link) => link !== undefined),
      [],
      at,
    );
    assert.equal(await scene.ledger(), 'done', at);
  }
  assert.ok(n >= 6, `only ${n} calls were interrupted`);
});

it('two requests that find the same grant dead don’t end the newer one between them', async (t) => {
  const scene = setScene(t);
  const { version: old } = await openWithDeadGrant(scene);
  let deletes = 0;
  scene.enter = async (path) => {
    if (path === 'grants.delete' && ++deletes === 2) await scene.connect();
  };
  const both = ['one', 'two'].map((id) => scene.worker().dispatch(event(says(id, { id }))));
  await Promise.all(both);
  assert.equal(deletes, 2);
  scene.enter = () => {};
  await settle(scene);
  assert.ok(((await scene.store.grants.get(ANA))?.version ?? 0) > old);
  const posts = scene.chat.messages().filter(({ by }) => by === ANA);
  assert.deepEqual(posts.map(({ text }) => text).toSorted(), ['one', 'two']);
});
