import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { diagnose, openPractice, type Practice, type Variables } from './practice.ts';

/** One way in which a set-up is broken, and what the doctor has to say. */
export interface Case {
  /** What is wrong. */
  what: string;
  /** Breaks it. What it returns are the variables to break it further with; what is to be mended comes from `mend`. */
  break: (practice: Practice) => Variables | Promise<Variables>;
  mend?: (practice: Practice) => void | Promise<void>;
  /** The check that has to fail, and no other but those in `also`. */
  check: string | RegExp;
  also?: readonly string[];
  cause: RegExp;
  remedy: RegExp;
}

/** Each case in a practice that is well before it, and after it. */
export function broken(cases: readonly Case[]): void {
  let practice: Practice;
  before(async () => {
    practice = await openPractice();
  });
  after(() => practice.end());

  for (const { what, check, also = [], cause, remedy, ...how } of cases) {
    const isCheck = (name: string): boolean =>
      typeof check === 'string' ? name === check : check.test(name);
    it(`names the cause and the remedy of ${what}`, async () => {
      try {
        const { ok, checks } = await diagnose(practice, await how.break(practice));
        const failures = checks.filter(({ status }) => status === 'failed');
        const failure = failures.find((one) => isCheck(one.check));
        assert.ok(failure, `not told. Failed: ${JSON.stringify(failures, undefined, 1)}`);
        assert.match(failure.found, cause);
        assert.match(failure.remedy ?? '', remedy);
        const others = failures.filter((one) => !isCheck(one.check) && !also.includes(one.check));
        assert.deepEqual(
          others.map(({ found }) => found),
          [],
        );
        assert.equal(ok, false);
      } finally {
        await how.mend?.(practice);
      }
    });
  }
}
