import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createDeadlines, withDeadline } from '../../src/lib/deadline.ts';

const never = (): AbortSignal => new AbortController().signal;
const forEver = (): Promise<never> => new Promise(() => {});

describe('work with a deadline', () => {
  it('brings what it comes to, with a signal that has not aborted', async () => {
    const done = await withDeadline(
      { ms: 60_000, signal: never() },
      async ({ aborted }) => aborted,
    );
    assert.equal(done, false);
  });

  it('ends when its time is over, and is told so', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    let told: AbortSignal | undefined;
    const working = withDeadline({ ms: 10, signal: never() }, (signal) => {
      told = signal;
      return forEver();
    });
    t.mock.timers.tick(9);
    assert.equal(told?.aborted, false);
    t.mock.timers.tick(1);
    await assert.rejects(working, { name: 'TimeoutError' });
    assert.equal(told?.aborted, true);
  });

  it('ends with the signal it is given', async () => {
    const ending = new AbortController();
    let told: AbortSignal | undefined;
    const working = withDeadline({ ms: 60_000, signal: ending.signal }, (signal) => {
      told = signal;
      return forEver();
    });
    ending.abort(new Error('the process stops'));
    await assert.rejects(working, { name: 'AbortError' });
    assert.equal(told?.aborted, true);
  });

  it('has no chance when the signal has aborted before', async () => {
    await assert.rejects(withDeadline({ ms: 60_000, signal: AbortSignal.abort() }, forEver), {
      name: 'AbortError',
    });
  });

  it('leaves no timer behind, which would keep a process from ending', async () => {
    const timers = (): number =>
      process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const before = timers();
    await withDeadline({ ms: 60_000, signal: never() }, async () => {});
    await assert.rejects(
      withDeadline({ ms: 60_000, signal: never() }, () => Promise.reject(new Error('no'))),
    );
    assert.equal(timers(), before);
  });
});

describe('deadlines of many attempts', () => {
  it('are shared by those that begin within a sixtieth of it, and by no later one', () => {
    let now = 0;
    const deadline = createDeadlines({ ms: 6000, signal: never(), elapsed: () => now });
    const first = deadline();
    now = 99;
    assert.equal(deadline(), first);
    now = 100;
    assert.notEqual(deadline(), first);
  });

  it('end all at once with the signal they are given', () => {
    const stopping = new AbortController();
    let now = 0;
    const deadline = createDeadlines({ ms: 6000, signal: stopping.signal, elapsed: () => now });
    const first = deadline();
    now = 1000;
    const second = deadline();
    stopping.abort();
    assert.ok(first.aborted && second.aborted);
    assert.ok(deadline().aborted);
  });

  it('may be a part of something, such as two thirds of a lease of ten seconds', () => {
    const deadline = createDeadlines({ ms: 10_000 * (2 / 3), signal: never(), elapsed: () => 0 });
    assert.equal(deadline().aborted, false);
  });

  it('come when their time is over', async () => {
    const deadline = createDeadlines({ ms: 1, signal: never(), elapsed: () => 0 })();
    if (!deadline.aborted) {
      await new Promise((resolve) => {
        deadline.addEventListener('abort', resolve);
        // A signal's own timer keeps no process alive.
        setTimeout(resolve, 5000).unref();
      });
    }
    assert.ok(deadline.aborted);
  });
});
