import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { APP } from './broken/app.ts';
import { CONSENT } from './broken/consent.ts';
import { KMS } from './broken/kms.ts';
import { NETWORK } from './broken/network.ts';
import { PUBSUB } from './broken/pubsub.ts';
import type { BrokenSetUp } from './broken/set-up.ts';
import { STORE } from './broken/store.ts';
import { openPractice, type Practice } from './practice.ts';
import { readReport } from './read-report.ts';

/** All in which set-ups are broken. */
const BROKEN: readonly BrokenSetUp[] = [
  ...NETWORK,
  ...APP,
  ...PUBSUB,
  ...CONSENT,
  ...STORE,
  ...KMS,
];

describe('npm run doctor', () => {
  let practice: Practice;
  before(async () => {
    practice = await openPractice();
  });
  after(() => practice.end());

  for (const { what, area, cause, remedy, also = [], skips = [], unknown = [], ...how } of BROKEN) {
    it(`names the cause and the remedy of ${what}, and finds nothing else wrong`, async () => {
      try {
        const { code, out, err } = await practice.examine(await how.break(practice));
        const lines = readReport(out);
        const told = (mark: string) => lines.filter((line) => line.mark === mark);
        const failures = told('✗');
        const main = failures.find((line) => line.area === area && cause.test(line.found));
        assert.ok(main, `not told:\n${out}${err}`);
        assert.match(main.remedy, remedy);
        const others = failures.filter((failure) => failure !== main);
        assertAre(others, also);
        for (const other of others) assert.notEqual(other.remedy, '', other.found);
        assertAre(told('–'), skips);
        assertAre(told('?'), unknown);
        assert.equal(code, 1);
      } finally {
        await how.mend?.(practice);
      }
    });
  }

  it('finds nothing wrong once all of it is mended', async () => {
    const { code, out } = await practice.examine();
    assert.equal(code, 0, out);
    assert.match(out, /\n0 failed, \d+ ok, 0 skipped, 0 unknown\.\n$/);
  });
});

function assertAre(lines: readonly { found: string }[], expected: readonly RegExp[]): void {
  const found = lines.map((line) => line.found);
  const asExpected =
    found.length === expected.length &&
    expected.every((pattern, index) => pattern.test(found[index] ?? ''));
  if (!asExpected) assert.deepEqual(found, expected.map(String));
}
