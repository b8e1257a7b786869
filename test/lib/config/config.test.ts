import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CASES, load } from './cases.ts';
import { LEAST, problemsOf } from './setting.ts';

for (const { variable, value, byDefault, required, beside = {}, good, bad } of CASES) {
  describe(variable, () => {
    for (const [text, expected] of good) {
      it(`may be ${text}`, () =>
        assert.deepEqual(value(load({ ...beside, [variable]: text })), expected));
    }
    for (const text of bad) {
      it(`may not be ${text}: says so, and what to do`, () => {
        const [problem, ...more] = problemsOf(() => load({ ...beside, [variable]: text }));
        assert.deepEqual(more, []);
        assert.equal(problem?.variable, variable);
        assert.ok(problem.problem !== '' && problem.remedy !== '');
      });
    }
    it(
      required ? 'is required, and empty counts as missing' : 'is optional, and may be empty',
      () => {
        const without = { ...LEAST, ...beside, [variable]: '' };
        const problems = problemsOf(() => load(without)).map((problem) => problem.variable);
        assert.deepEqual(problems, required ? [variable] : []);
        if (!required) assert.deepEqual(value(load(without)), byDefault);
      },
    );
  });
}
