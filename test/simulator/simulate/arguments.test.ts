import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readArguments, UsageError } from '../../../simulator/simulate/arguments.ts';

describe('what is typed behind npm run simulate', () => {
  it('is a file, and by default as it was recorded', () => {
    assert.deepEqual(readArguments(['event.json']), {
      file: 'event.json',
      json: false,
      granted: false,
      waitMs: 30_000,
    });
  });

  it('may say more', () => {
    const words = ['--json', '--granted', '--dialect', 'classic', '--wait=0.5', 'event.json'];
    assert.deepEqual(readArguments(words), {
      file: 'event.json',
      json: true,
      granted: true,
      dialect: 'classic',
      waitMs: 500,
    });
  });

  it('asks for help', () => {
    for (const word of ['--help', '-h']) assert.equal(readArguments([word]), 'help');
  });

  for (const [words, problem] of [
    [[], /Name the file/],
    [['one.json', 'two.json'], /One event at a time/],
    [['--dialect', 'v2', 'event.json'], /“v2” is none of Chat’s formats: say classic or add-on/],
    [['--grant', 'event.json'], /--grant/],
    [['--wait', 'long', 'event.json'], /--wait takes seconds/],
    [['--wait', '', 'event.json'], /--wait takes seconds/],
    [['--wait', '-1', 'event.json'], /--wait/],
  ] as const) {
    it(`isn’t understood, and says what would be: ${words.join(' ') || '(nothing)'}`, () => {
      assert.throws(
        () => readArguments(words),
        (error) => {
          assert.ok(error instanceof UsageError);
          assert.match(error.message, problem);
          assert.match(error.message, /See npm run simulate -- --help\.$/);
          return true;
        },
      );
    });
  }
});
