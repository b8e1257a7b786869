import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createCounts } from '../../src/oauth-web/counts.ts';

const WINDOW_MS = 60_000;

function counting() {
  let now = 1_000_000;
  const counts = createCounts(() => now, WINDOW_MS);
  const hits = async (key: string) => (await counts.increment(key)).totalHits;
  return {
    counts,
    hits,
    pass(ms: number) {
      now += ms;
    },
  };
}

it('counts each key on its own, until its window is over', async () => {
  const { hits, pass } = counting();
  assert.deepEqual([await hits('a'), await hits('a'), await hits('b')], [1, 2, 1]);
  pass(WINDOW_MS - 1);
  assert.equal(await hits('a'), 3, 'the window began with the first one');
  pass(1);
  assert.equal(await hits('a'), 1);
});

it('keeps nobody out for longer when the clock is put back', async () => {
  const { counts, hits, pass } = counting();
  await hits('a');
  pass(-WINDOW_MS * 100);
  assert.equal(await hits('a'), 1);
  assert.equal(counts.countOf('a').hits, 1);
});

it('takes one back, and forgets a key', async () => {
  const { counts, hits } = counting();
  await hits('a');
  await hits('a');
  await counts.decrement('a');
  assert.equal(counts.countOf('a').hits, 1);
  await counts.resetKey('a');
  await counts.decrement('a');
  assert.equal(counts.countOf('a').hits, 0);
});

it('counts so many keys and no more, those seen last', async () => {
  const { counts, hits } = counting();
  await hits('first');
  for (let index = 0; index < 5_000; index++) await hits(`one ${index}`);
  await hits('first');
  for (let index = 0; index < 5_000; index++) await hits(`other ${index}`);
  assert.equal(counts.countOf('first').hits, 2);
  assert.equal(counts.countOf('one 0').hits, 0);
  for (let index = 0; index < 10_000; index++) await hits(`more ${index}`);
  assert.equal(counts.countOf('first').hits, 0);
});
