import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Counted, createPacer } from '../../../src/lib/chat/pacer.ts';
import { createQuotas } from '../../../src/lib/chat/quotas.ts';
import { minutes, seconds } from '../../../src/lib/clock.ts';
import { ChatError } from '../../../src/lib/errors.ts';
import { spaceName } from '../../../src/lib/names.ts';
import { virtualTime } from './virtual-time.ts';

const GOOGLES = { writesPerMinute: 3000, writesPerSecondAndSpace: 1 };
const writeIn = (id: string): Counted => ({
  as: 'message-write',
  space: spaceName.parse(`spaces/${id}`),
});

/** A pacer in a time of its own, and when each of its calls began. */
function scene(share: Partial<typeof GOOGLES> = {}) {
  const time = virtualTime();
  const pacer = createPacer({
    quotas: createQuotas({ ...GOOGLES, ...share }),
    elapsed: time.now,
    sleep: time.sleep,
    random: () => 0.5,
  });
  const begun: { name: string; at: number }[] = [];
  const call = (
    counted: Counted,
    { name = '', takesMs = 0, waitMs = minutes(10), failure }: CallOptions = {},
    signal = new AbortController().signal,
  ): Promise<string> =>
    pacer.pace(counted, { waitMs, signal }, async () => {
      begun.push({ name, at: time.now() });
      if (takesMs > 0) await time.sleep(takesMs);
      if (failure !== undefined) throw failure;
      return name;
    });
  const times = (): number[] => begun.map(({ at }) => at);
  return { time, call, begun, times };
}

interface CallOptions {
  name?: string;
  takesMs?: number;
  waitMs?: number;
  failure?: Error;
}

const settled = (): Promise<void> => new Promise(setImmediate);

describe('calls to Chat', () => {
  it('are made at once while there is room, without any timer', async () => {
    const { time, call, times } = scene();
    await Promise.all(['a', 'b', 'c'].map((space) => call(writeIn(space))));
    assert.deepEqual(times(), [0, 0, 0]);
    assert.equal(time.sleepers(), 0);
  });

  it('are one write a second in a space, in their order, counted from the end of the last', async () => {
    const { time, call, begun } = scene();
    for (const name of ['1', '2', '3']) void call(writeIn('a'), { name, takesMs: 200 });
    await time.run();
    assert.deepEqual(begun, [
      { name: '1', at: 0 },
      { name: '2', at: 1200 },
      { name: '3', at: 2400 },
    ]);
  });

  it('are fifteen reads a second in a space, beside its writes', async () => {
    const { time, call, times } = scene();
    const { space } = { space: spaceName.parse('spaces/a') };
    void call(writeIn('a'));
    for (let read = 0; read < 31; read++) void call({ as: 'membership-read', space });
    await time.run();
    const atOnce = [...Array<number>(16).fill(0), ...Array<number>(15).fill(1000), 2000];
    assert.deepEqual(times(), atOnce);
  });

  const kinds = [
    { as: 'membership-write', calls: 300 },
    { as: 'space-write', calls: 34 },
    { as: 'space-read', calls: 3000 },
  ] as const;
  for (const { as, calls } of kinds) {
    it(`are ${calls} a minute of the kind ${as}, for the whole project`, async () => {
      const { time, call, times } = scene();
      for (let count = 0; count <= calls; count++) void call({ as });
      await time.run();
      assert.deepEqual([...new Set(times())], [0, minutes(1)]);
      assert.equal(times().filter((at) => at === 0).length, calls);
    });
  }

  it('are 3000 writes of messages a minute, over all spaces', async () => {
    const { time, call, times } = scene();
    for (let count = 0; count <= 3000; count++) void call(writeIn(`${count}`));
    await time.run();
    assert.equal(times().filter((at) => at === 0).length, 3000);
    assert.equal(times().at(-1), minutes(1));
  });

  it('use no more of each quota than this subscriber’s share', async () => {
    const { time, call, times } = scene({ writesPerMinute: 300, writesPerSecondAndSpace: 0.5 });
    void call(writeIn('a'));
    void call(writeIn('a'));
    for (let count = 0; count < 31; count++) void call({ as: 'membership-write' });
    await time.run();
    assert.deepEqual([...new Set(times())], [0, seconds(2), minutes(1)]);
  });

  it('wait for no flooded space but their own', async () => {
    const { time, call, begun } = scene();
    for (let count = 0; count < 500; count++) void call(writeIn('flooded'), { name: 'flood' });
    for (let space = 0; space < 20; space++) void call(writeIn(`${space}`), { name: 'quiet' });
    await settled();
    assert.deepEqual(
      begun.map(({ name, at }) => `${name} ${at}`),
      ['flood 0', ...Array<string>(20).fill('quiet 0')],
    );
    await time.run();
    assert.equal(begun.at(-1)?.at, seconds(499));
  });

  it('that can’t be made in time fail at once, and say when they could', async () => {
    const { time, call, times } = scene();
    void call(writeIn('a'));
    void call(writeIn('a'), { waitMs: 1000 });
    await assert.rejects(call(writeIn('a'), { waitMs: 1999 }), {
      code: 'chat_rate_limited',
      retryAfterMs: 2000,
    });
    await time.run();
    assert.deepEqual(times(), [0, 1000]);
  });

  it('end their wait when their signal aborts, and those behind move up', async () => {
    const { time, call, times } = scene();
    const impatient = new AbortController();
    void call(writeIn('a'));
    const waiting = call(writeIn('a'), {}, impatient.signal);
    const last = call(writeIn('a'));
    impatient.abort();
    await assert.rejects(waiting, { code: 'chat_rate_limited', retryAfterMs: undefined });
    await assert.rejects(call(writeIn('b'), {}, impatient.signal), { code: 'chat_rate_limited' });
    await time.run();
    await last;
    assert.deepEqual(times(), [0, 1000]);
  });

  it('that waited in vain for the project’s quota take nothing of their space’s', async () => {
    const { time, call, begun } = scene({ writesPerMinute: 1, writesPerSecondAndSpace: 0.01 });
    void call(writeIn('a'), { name: 'first' });
    await assert.rejects(call(writeIn('b'), { waitMs: 1000 }), { code: 'chat_rate_limited' });
    void call(writeIn('b'), { name: 'second' });
    await time.run();
    assert.deepEqual(begun.at(-1), { name: 'second', at: minutes(1) });
  });

  it('set no timer when nobody waits any more', async () => {
    const { time, call } = scene();
    const impatient = new AbortController();
    void call(writeIn('a'));
    const waiting = call(writeIn('a'), {}, impatient.signal);
    await settled();
    assert.equal(time.sleepers(), 1);
    impatient.abort();
    await assert.rejects(waiting);
    assert.equal(time.sleepers(), 0);
  });
});

describe('a 429', () => {
  const limited = (retryAfterMs?: number): ChatError =>
    new ChatError('chat_rate_limited', 'Too fast', {
      status: 429,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });

  it('closes its space for as long as Chat asks, and no other', async () => {
    const { time, call, begun } = scene();
    const refused = call(writeIn('a'), { name: 'refused', failure: limited(seconds(7)) });
    await assert.rejects(refused, limited(seconds(7)));
    void call(writeIn('a'), { name: 'next' });
    void call(writeIn('b'), { name: 'other' });
    await time.run();
    assert.deepEqual(begun.slice(1), [
      { name: 'other', at: 0 },
      { name: 'next', at: seconds(7) },
    ]);
  });

  it('turns away at once whoever can’t wait so long', async () => {
    const { time, call } = scene();
    const refused = call(writeIn('a'), { takesMs: 100, failure: limited(seconds(60)) });
    refused.catch(() => {});
    const waiting = call(writeIn('a'), { waitMs: seconds(30) });
    waiting.catch(() => {});
    await time.run();
    await assert.rejects(waiting, { code: 'chat_rate_limited', retryAfterMs: seconds(60) });
    assert.equal(time.now(), 100);
  });

  it('that says nothing more closes its space for longer each time, until a call is taken', async () => {
    const { time, call, begun } = scene();
    const failures = [limited(), limited(), limited(), limited(), undefined, limited(), undefined];
    for (const [index, failure] of failures.entries()) {
      const options = failure === undefined ? {} : { failure };
      call(writeIn('a'), { name: `${index}`, ...options }).catch(() => {});
    }
    await time.run();
    const gaps = begun.slice(1).map(({ at }, index) => at - (begun[index]?.at ?? 0));
    // Half of 0.5, 1, 2, 4 s; but never less than the quota's second.
    assert.deepEqual(gaps, [1000, 1000, 1000, 2000, 1000, 1000]);
  });

  it('of a call that counts for no space closes its kind', async () => {
    const { time, call, times } = scene();
    call({ as: 'space-read' }, { failure: limited(seconds(5)) }).catch(() => {});
    await settled();
    void call({ as: 'space-read' });
    void call({ as: 'membership-write' });
    await time.run();
    assert.deepEqual(times(), [0, 0, seconds(5)]);
  });
});
