import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Interaction } from '../../src/lib/interactions/interaction.ts';
import type { AppCommand, Command } from '../../src/subscriber/commands/command.ts';
import { ANA, event, says } from './events.ts';
import { wordsOf } from './recording-chat.ts';
import { type Scene, setScene } from './scene.ts';

const broken: AppCommand = {
  name: 'broken',
  summary: () => 'Fails.',
  as: 'app',
  run: () => Promise.reject(new TypeError('a bug')),
};
const mended: AppCommand = { ...broken, run: ({ reply }) => reply({ text: 'done' }) };
const asked = says('broken');

async function giveUp(scene: Scene, interaction: Interaction, commands?: readonly Command[]) {
  let result = '';
  for (let delivery = 1; delivery <= 5; delivery++) {
    ({ result } = await scene.worker(commands).dispatch(event(interaction)));
  }
  assert.equal(result, 'failed');
}

/** An operator replays it, and the relay publishes it, more than once. */
async function replay(
  scene: Scene,
  { requestId, space }: Interaction,
  commands?: readonly Command[],
) {
  assert.equal(await scene.store.administration.replay(requestId, scene.now()), 'due');
  const due = { outcome: 'due', requestId, space: space.name } as const;
  const results = [];
  for (let delivery = 1; delivery <= 3; delivery++) {
    results.push((await scene.worker(commands).dispatch(due)).result);
  }
  return results;
}

it('of what was given up brings one answer, however often it comes', async (t) => {
  const scene = setScene(t);
  await giveUp(scene, asked, [broken]);
  const results = await replay(scene, asked, [mended]);
  assert.deepEqual(results, ['answered', 'duplicate', 'duplicate']);
  const [apology, ...answers] = scene.chat.messages().map(wordsOf);
  assert.match(apology ?? '', /sorry/);
  assert.deepEqual(answers, ['done']);
  assert.deepEqual((await scene.worker([mended]).dispatch(event(asked))).result, 'duplicate');
});

it('before the cause is mended brings no second apology, and keeps it for the next replay', async (t) => {
  const scene = setScene(t);
  await giveUp(scene, asked, [broken]);
  for (let round = 1; round <= 2; round++) {
    assert.equal(await scene.store.administration.replay(asked.requestId, scene.now()), 'due');
    await giveUp(scene, asked, [broken]);
  }
  assert.equal(scene.chat.messages().length, 1);
  assert.deepEqual((await replay(scene, asked, [mended]))[0], 'answered');
  assert.equal(wordsOf(scene.chat.messages().at(-1) ?? assert.fail()), 'done');
});

it('of what its person has no consent for any more asks them, and carries it out then', async (t) => {
  const scene = setScene(t);
  const grant = await scene.connect();
  scene.chat.enter = () => {
    throw new TypeError('a bug');
  };
  const post = says('good news');
  for (let delivery = 1; delivery <= 4; delivery++) {
    assert.equal((await scene.worker().dispatch(event(post))).result, 'retry');
  }
  let calls = 0;
  scene.chat.enter = () => {
    if (calls++ === 0) throw new TypeError('a bug');
  };
  assert.equal((await scene.worker().dispatch(event(post))).result, 'failed');
  await scene.store.grants.delete(ANA, grant.version);

  assert.deepEqual((await replay(scene, post))[0], 'parked');
  await scene.consent(scene.link());
  assert.deepEqual(await scene.runDue(), [{ result: 'answered' }]);
  const posts = scene.chat.messages().filter(({ by }) => by === ANA);
  assert.deepEqual(posts.map(wordsOf), ['good news']);
});

it('of a command that only answers who waited answers, too', async (t) => {
  const scene = setScene(t);
  await scene.connect();
  const connect = says('connect');
  let calls = 0;
  scene.chat.enter = () => {
    calls += 1;
    // The last of them is the apology.
    if (calls <= 5) throw new TypeError('a bug');
  };
  await giveUp(scene, connect);
  scene.chat.enter = () => {};
  assert.equal((await replay(scene, connect))[0], 'answered');
  const answers = scene.chat.messages().map(wordsOf);
  assert.equal(answers.length, 2);
  assert.match(answers[1] ?? '', /connected/i);
});
