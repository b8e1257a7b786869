import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createStatusWriter } from '../../src/subscriber/status-writer.ts';
import { fakeTime, rest } from './fake-time.ts';

/** A writer whose writes take until the test ends them, if `slow`. */
function setWriter({ slow = false }: { slow?: boolean } = {}) {
  const { clock, sleep, pass } = fakeTime();
  const controller = new AbortController();
  const started: { text: string; at: number }[] = [];
  const failures: unknown[] = [];
  const begun = clock();
  let write = Promise.withResolvers<void>();
  const writer = createStatusWriter({
    write(text) {
      started.push({ text, at: clock() - begun });
      write = Promise.withResolvers();
      return slow ? write.promise : Promise.resolve();
    },
    clock,
    sleep,
    signal: controller.signal,
    onFailure: (error) => failures.push(error),
  });
  return {
    writer,
    pass,
    started,
    failures,
    abort: () => controller.abort(),
    finish: () => write.resolve(),
    fail: (error: unknown) => write.reject(error),
  };
}

it('shows nothing of what is over within a second', async () => {
  const { writer, pass, started } = setWriter();
  writer.tell('one');
  await pass(999);
  await writer.stop();
  await pass(5000);
  assert.deepEqual(started, []);
});

it('writes the latest, and a second apart', async () => {
  const { writer, pass, started } = setWriter();
  writer.tell('one');
  await pass(500);
  writer.tell('two');
  await pass(500);
  writer.tell('three');
  await pass(300);
  writer.tell('four');
  await pass(699);
  assert.deepEqual(started, [{ text: 'two', at: 1000 }]);
  await pass(1);
  assert.deepEqual(started[1], { text: 'four', at: 2000 });
  await pass(10_000);
  writer.tell('five');
  await rest();
  assert.deepEqual(started[2], { text: 'five', at: 12_000 });
  assert.equal(started.length, 3);
});

it('never has two writes in flight, and counts the second from the end of the last', async () => {
  const { writer, pass, started, finish } = setWriter({ slow: true });
  writer.tell('one');
  await pass(1000);
  writer.tell('two');
  await pass(5000);
  writer.tell('three');
  assert.deepEqual(started, [{ text: 'one', at: 1000 }]);
  finish();
  await rest();
  await pass(999);
  assert.equal(started.length, 1);
  await pass(1);
  assert.deepEqual(started[1], { text: 'three', at: 7000 });
});

it('stops when what is in flight has landed, and the next write may be made', async () => {
  const { writer, pass, started, finish } = setWriter({ slow: true });
  writer.tell('one');
  await pass(1000);
  writer.tell('two');
  let stopped = false;
  const stop = writer.stop().then(() => {
    stopped = true;
  });
  await pass(3000);
  assert.equal(stopped, false, 'still in flight');
  finish();
  await rest();
  await pass(999);
  assert.equal(stopped, false, 'too soon for Chat');
  await pass(1);
  await stop;
  assert.deepEqual(started, [{ text: 'one', at: 1000 }], 'what was not written is dropped');
});

it('reports a write that fails, and tries no other', async () => {
  const { writer, pass, started, failures, fail } = setWriter({ slow: true });
  writer.tell('one');
  await pass(1000);
  fail('no');
  await rest();
  writer.tell('two');
  await pass(5000);
  assert.equal(started.length, 1);
  assert.deepEqual(failures, ['no']);
  await writer.stop();
});

it('writes nothing when the time for the attempt is over', async () => {
  const { writer, pass, started, abort } = setWriter();
  writer.tell('one');
  abort();
  await pass(5000);
  await writer.stop();
  assert.deepEqual(started, []);
});
