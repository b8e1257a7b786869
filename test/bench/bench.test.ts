import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { measureConsent } from '../../bench/figures/consent.ts';
import { measureThroughput } from '../../bench/figures/throughput.ts';
import { type Lab, openLab } from '../../bench/lab.ts';
import { SIZES } from '../../bench/sizes.ts';
import { median, percentile } from '../../bench/stats.ts';

/** That it runs, so that it doesn't rot. What it measures on a busy machine says nothing. */
describe('the benchmark', () => {
  it('has every contestant answer all events', async (t) => {
    const lab = await open(t);
    const rows = await measureThroughput(lab, ['bare', 'published flow', 'postern, sqlite']);
    assert.deepEqual(
      rows.map(({ data }) => typeof data),
      ['object', 'object', 'object'],
    );
    const { arrivals } = lab;
    assert.equal(arrivals.received, arrivals.published);
    assert.equal(arrivals.twice, 0);
  });

  it('has people consent, and what they asked for posted', async (t) => {
    const lab = await open(t);
    const [row] = await measureConsent(lab);
    assert.match(row?.figure ?? '', /2 consents/);
    assert.equal(lab.arrivals.received, lab.arrivals.published);
  });

  it('reckons medians and percentiles', () => {
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(median([4, 1, 2, 3]), 2.5);
    assert.equal(percentile([5, 1, 4, 2, 3], 0.5), 3);
    assert.equal(percentile([5, 1, 4, 2, 3], 0.99), 5);
  });
});

async function open(t: TestContext): Promise<Lab> {
  const lab = await openLab({ sizes: SIZES.smoke, entry: (name) => `src/${name}/main.ts` });
  t.after(() => lab.close());
  return lab;
}
