import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createOutageGuard, type OutageWatch } from '../../src/subscriber/outage-guard.ts';
import { virtualTime } from '../lib/chat/virtual-time.ts';
import { recordLog } from '../lib/telemetry/recorded-log.ts';

type Outcome = Parameters<ReturnType<OutageWatch['begin']>>[0];

const DOWN: Outcome = { result: 'retry', reason: 'chat_unavailable' };
const WORKS: Outcome = { result: 'answered' };

/** A guard, what it has the pull do, and deliveries of different messages that come to whatever they are told to. */
function scene() {
  const time = virtualTime();
  const { log, lines } = recordLog('info');
  const deeds: string[] = [];
  const states = ['closed'];
  const guard = createOutageGuard({
    pulls: () => [
      {
        pause: () => void deeds.push('pause'),
        resume: (atMost) => void deeds.push(`resume ${atMost ?? 'all'}`),
      },
    ],
    onChange(state) {
      if (state === 'closed') deeds.push('over');
      else if (states.at(-1) === 'closed') deeds.push('outage');
      states.push(state);
    },
    sleep: time.sleep,
    random: () => 0,
    log,
  });
  let count = 0;
  const begin = () => guard.begin(`${count++}`);
  const meet = (...outcomes: Outcome[]): void => {
    for (const outcome of outcomes) begin()(outcome);
  };
  return { time, guard, deeds, states, lines, begin, meet };
}

const settled = (): Promise<void> => new Promise(setImmediate);

describe('an outage', () => {
  for (const reason of [
    'chat_unavailable',
    'chat_unauthenticated',
    'chat_app_not_configured',
    'oauth_unavailable',
    'oauth_client_rejected',
    'store_unavailable',
    'kms_unavailable',
    'kms_rejected',
  ] as const) {
    it(`pauses the pull after five requests in a row, by ${reason}`, () => {
      const { deeds, lines, meet } = scene();
      meet(...Array<Outcome>(4).fill({ result: 'retry', reason }));
      assert.deepEqual(deeds, []);
      meet({ result: 'retry', reason });
      assert.deepEqual(deeds, ['outage', 'pause']);
      assert.partialDeepStrictEqual(lines, [{ severity: 'WARNING', reason }]);
    });
  }

  it('is tried with one message after a while, and over when that goes well', async () => {
    const { time, deeds, states, lines, meet } = scene();
    meet(DOWN, DOWN, DOWN, DOWN, DOWN);
    await time.run();
    assert.equal(time.now(), 5000);
    assert.deepEqual(deeds.splice(0), ['outage', 'pause', 'resume 1']);
    meet(WORKS);
    assert.deepEqual(deeds, ['over', 'pause', 'resume all']);
    assert.deepEqual(states, ['closed', 'open', 'half-open', 'closed']);
    assert.deepEqual(
      lines.map(({ severity }) => severity),
      ['WARNING', 'INFO'],
    );
  });

  it('that goes on is logged once, and tried less and less often', async () => {
    const { time, deeds, lines, meet } = scene();
    meet(DOWN, DOWN, DOWN, DOWN, DOWN);
    await time.run();
    const tried: number[] = [];
    for (let trial = 0; trial < 5; trial++) {
      tried.push(time.now());
      meet(DOWN);
      await time.run();
    }
    assert.deepEqual(tried, [5000, 15_000, 35_000, 75_000, 135_000]);
    assert.equal(deeds.filter((deed) => deed === 'outage').length, 1);
    assert.equal(lines.length, 1);
  });

  it('isn’t over by what had begun before the trial', async () => {
    const { time, deeds, begin, meet } = scene();
    const before = begin();
    meet(DOWN, DOWN, DOWN, DOWN, DOWN);
    await time.run();
    deeds.length = 0;
    before(WORKS);
    meet({ result: 'ignored', reason: 'unknown-action' }, { result: 'duplicate' });
    assert.deepEqual(deeds, [], 'these tell nothing');
    meet(WORKS);
    assert.deepEqual(deeds[0], 'over');
  });

  it('isn’t over by a notification that Chat was never asked about', async () => {
    const { time, deeds, meet } = scene();
    meet(DOWN, DOWN, DOWN, DOWN, DOWN);
    await time.run();
    meet({ result: 'refused', reason: 'unknown-webhook' });
    assert.ok(!deeds.includes('over'));
    meet({ result: 'posted' });
    assert.ok(deeds.includes('over'));
  });

  it('is nothing any more to a process that stops', async () => {
    const { time, guard, deeds, meet } = scene();
    meet(DOWN, DOWN, DOWN, DOWN, DOWN);
    guard.stop();
    await settled();
    await time.run();
    assert.deepEqual(deeds, ['outage', 'pause']);
    assert.equal(time.sleepers(), 0);
  });
});

describe('no outage', () => {
  const others: Outcome[] = [
    { result: 'retry', reason: 'chat_rate_limited' },
    { result: 'retry', reason: 'unexpected' },
    { result: 'retry', reason: 'store_corrupt' },
    { result: 'busy' },
    { result: 'duplicate' },
    { result: 'refused', reason: 'chat_forbidden' },
    { result: 'failed', reason: 'unexpected' },
    { result: 'refused', reason: 'unknown-webhook' },
  ];
  for (const outcome of others) {
    it(`is ${Object.values(outcome).join(', ')}`, () => {
      const { deeds, meet } = scene();
      meet(...Array<Outcome>(20).fill(outcome));
      assert.deepEqual(deeds, []);
    });
  }

  it('is one in which something goes well in between', () => {
    const { deeds, meet } = scene();
    for (let round = 0; round < 5; round++) meet(DOWN, DOWN, DOWN, DOWN, WORKS);
    assert.deepEqual(deeds, []);
  });
});
