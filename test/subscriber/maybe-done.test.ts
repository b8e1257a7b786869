import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ChatError, StoreError } from '../../src/lib/errors.ts';
import { en } from '../../src/lib/words/en.ts';
import { due } from './crashing.ts';
import { ANA, event, says } from './events.ts';
import type { Enter } from './guard.ts';
import { wordsOf } from './recording-chat.ts';
import { LEASE_MS, type Scene, setScene } from './scene.ts';

const asked = event(says('good news'));

/** Five attempts of five processes, at whose calls to the store and to Google `enter` stands; then one more, undisturbed. */
async function failFiveTimes(scene: Scene, enter: Enter) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    scene.enter = enter;
    assert.equal((await scene.worker().dispatch(asked)).result, 'retry');
    scene.enter = () => {};
    scene.pass(LEASE_MS);
  }
  return await scene.worker().dispatch(asked);
}

async function assertPostAndDoubt(scene: Scene): Promise<void> {
  const [post, note, ...more] = scene.chat.messages();
  assert.deepEqual(more, []);
  assert.deepEqual([post?.by, post?.text], [ANA, 'good news']);
  assert.deepEqual([note?.privateTo, note?.text], [ANA, en.apologyUnsure]);
  assert.equal(await scene.ledger(), 'done');
}

it('is told as it is when five workers died right after the post: it may have been done', async (t) => {
  const scene = setScene(t);
  await scene.connect();
  const outcome = await failFiveTimes(scene, (path) => {
    // From then on the process is dead: nothing else of it reaches the store either.
    if (path === 'requests.complete' || path === 'requests.release') throw new Error('killed');
  });
  assert.deepEqual(outcome, { result: 'failed', reason: 'unexpected' });
  await assertPostAndDoubt(scene);
});

it('is told the same when the store was lost five times while “done” was to be written', async (t) => {
  const scene = setScene(t);
  await scene.connect();
  const outcome = await failFiveTimes(scene, (path) => {
    if (path !== 'requests.complete' && path !== 'requests.release') return;
    throw new StoreError('store_unavailable', 'not now');
  });
  assert.deepEqual(outcome, { result: 'failed', reason: 'unexpected' });
  await assertPostAndDoubt(scene);
});

it('is told so although Chat is down when it is to be told', async (t) => {
  const scene = setScene(t);
  await scene.connect();
  await failFiveTimes(scene, (path) => {
    if (path !== 'requests.complete' && path !== 'requests.release') return;
    // The fifth leaves an outage behind.
    scene.chat.enter = ({ by }) => {
      if (by === 'app') throw new ChatError('chat_unavailable', 'not now');
    };
    throw new Error('killed');
  });
  for (let delivery = 1; delivery <= 3; delivery++) {
    scene.pass(LEASE_MS);
    const { result } = await scene.worker().dispatch(asked);
    assert.equal(result, 'retry');
  }
  scene.chat.enter = () => {};
  scene.pass(LEASE_MS);
  assert.equal((await scene.worker().dispatch(asked)).result, 'failed');
  await assertPostAndDoubt(scene);
});

it('is told the same when the fifth attempt fails before it could find out', async (t) => {
  const scene = setScene(t);
  await scene.connect();
  const died = (path: string): void => {
    if (path === 'requests.complete' || path === 'requests.release') throw new Error('killed');
  };
  for (let death = 1; death <= 4; death++) {
    scene.enter = died;
    await scene.worker().dispatch(asked);
    scene.pass(LEASE_MS);
  }
  scene.enter = () => {};
  scene.chat.enter = ({ by }) => {
    if (by === ANA) throw new TypeError('a bug');
  };
  assert.equal((await scene.worker().dispatch(asked)).result, 'failed');
  await assertPostAndDoubt(scene);
});

it('is not apologised for when only what comes after it fails', async (t) => {
  const scene = setScene(t);
  await scene.dispatch(says('good news'));
  await scene.consent(scene.link());
  scene.chat.enter = ({ method }) => {
    if (method === 'patchMessage') throw new TypeError('a bug');
  };
  await scene.runDue();
  for (let failure = 2; failure <= 4; failure++) {
    assert.equal((await scene.worker().dispatch(due)).result, 'retry');
  }
  assert.deepEqual(await scene.worker().dispatch(due), { result: 'answered' });
  const posts = scene.chat.messages().filter(({ by }) => by === ANA);
  assert.deepEqual(posts.map(wordsOf), ['good news']);
  assert.ok(scene.chat.messages().every(({ text }) => text !== en.apology));
});

it('is apologised for when it could not even be put aside: nothing is done', async (t) => {
  const scene = setScene(t);
  scene.enter = (path) => {
    if (path === 'requests.park') throw new TypeError('a bug');
  };
  for (let failure = 1; failure <= 4; failure++) {
    assert.equal((await scene.worker().dispatch(asked)).result, 'retry');
  }
  assert.equal((await scene.worker().dispatch(asked)).result, 'failed');
  assert.equal(scene.chat.messages().filter(({ text }) => text === en.apology).length, 1);
});

it('is never denied, at whichever of its calls five workers die', async (t) => {
  for (let fatal = 1; ; fatal++) {
    const scene = setScene(t);
    await scene.connect();
    let fewest = Infinity;
    for (let death = 1; death <= 5; death++) {
      fewest = Math.min(fewest, await dieAt(scene, fatal));
      scene.pass(LEASE_MS);
    }
    if (fewest < fatal) break;
    await scene.worker().dispatch(asked);
    const shown = scene.chat.messages().map(wordsOf);
    assert.ok(!shown.includes(en.apology), `killed at call ${fatal}: ${shown.join(' | ')}`);
    assert.equal(new Set(shown).size, shown.length, `killed at call ${fatal}`);
    assert.equal(await scene.ledger(), 'done', `killed at call ${fatal}`);
  }
});

/** @returns how many calls there were */
async function dieAt(scene: Scene, fatal: number): Promise<number> {
  let calls = 0;
  const enter = (): void => {
    calls += 1;
    if (calls >= fatal) throw new Error('no process, no call');
  };
  scene.enter = enter;
  scene.chat.enter = enter;
  await scene.worker().dispatch(asked);
  scene.enter = () => {};
  scene.chat.enter = () => {};
  return calls;
}
