import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createSpaceQueue, type SpaceQueue } from '../../src/subscriber/space-queue.ts';

/** A task that begins when its turn comes, and ends when it is told to. */
function task(queue: SpaceQueue, space: string, name: string, begun: string[]) {
  const { promise, resolve: end } = Promise.withResolvers<void>();
  const done = queue.run(space, () => {
    begun.push(name);
    return promise;
  });
  return { done, end };
}

/** Everything that can happen without anybody's doing has happened. */
const settled = (): Promise<void> => new Promise(setImmediate);

it('does one task of a space at a time, first come, first served', async () => {
  const queue = createSpaceQueue(10);
  const begun: string[] = [];
  const tasks = ['a1', 'a2', 'a3'].map((name) => task(queue, 'a', name, begun));
  for (const [index, { done, end }] of tasks.entries()) {
    await settled();
    assert.equal(begun.length, index + 1);
    end();
    await done;
  }
  assert.deepEqual(begun, ['a1', 'a2', 'a3']);
});

it('does tasks of different spaces side by side', async () => {
  const queue = createSpaceQueue(10);
  const begun: string[] = [];
  for (const space of ['a', 'b', 'c']) task(queue, space, space, begun);
  await settled();
  assert.deepEqual(begun, ['a', 'b', 'c']);
});

it('lets no flooded space hold up another', async () => {
  const queue = createSpaceQueue(2);
  const begun: string[] = [];
  for (let count = 0; count < 1000; count++) task(queue, 'flooded', 'flooded', begun);
  const other = task(queue, 'calm', 'calm', begun);
  await settled();
  assert.deepEqual(begun, ['flooded', 'calm']);
  other.end();
  await other.done;
  task(queue, 'late', 'late', begun);
  await settled();
  assert.deepEqual(begun, ['flooded', 'calm', 'late']);
});

it('does no more tasks at a time than it may', async () => {
  const queue = createSpaceQueue(3);
  const begun: string[] = [];
  const tasks = Array.from({ length: 5 }, (_, index) => task(queue, `${index}`, 'x', begun));
  await settled();
  assert.equal(begun.length, 3);
  tasks[0]?.end();
  await settled();
  assert.equal(begun.length, 4);
});

it('gives the result to whoever asked, and goes on after a task that failed', async () => {
  const queue = createSpaceQueue(1);
  const failing = queue.run('a', () => Promise.reject(new Error('this one')));
  const next = queue.run('a', async () => 42);
  await assert.rejects(failing, /this one/);
  assert.equal(await next, 42);
});

it('forgets a space that has nothing to do', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = (): unknown => runInNewContext('gc()');
  const queue = createSpaceQueue(10);
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const bytes = 100_000;
  for (let count = 0; count < 500; count++) {
    await queue.run(`${count}`.padStart(bytes, 'x'), async () => {});
  }
  await settled();
  collectGarbage();
  const kept = process.memoryUsage().heapUsed - before;
  assert.ok(kept < 100 * bytes, `${kept} bytes are kept of the names of 500 spaces`);
  await queue.run('still in use', async () => {});
});
