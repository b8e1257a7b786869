import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readArguments } from '../../src/admin/arguments.ts';
import { UsageError } from '../../src/lib/terminal/explain.ts';

const ID = 'a'.repeat(64);

const problems = (args: readonly string[]): readonly string[] => {
  try {
    readArguments(args);
  } catch (error) {
    assert.ok(error instanceof UsageError);
    assert.match(error.message, /npm run admin -- --help\.$/);
    return error.problems;
  }
  return assert.fail('it was understood');
};

describe('a command line', () => {
  const commands: [args: string[], command: object][] = [
    [['grants', 'list'], { name: 'grants list' }],
    [['grants', 'revoke', 'users/1'], { name: 'grants revoke', person: { user: 'users/1' } }],
    [
      ['grants', 'revoke', 'Ana.O’Neill@example.com'],
      { name: 'grants revoke', person: { email: 'Ana.O’Neill@example.com' } },
    ],
    [['grants', 'purge', '--unused-for', '180'], { name: 'grants purge', unusedForDays: 180 }],
    [['requests', 'list'], { name: 'requests list', which: undefined }],
    [
      ['requests', 'list', '--state', 'failed'],
      { name: 'requests list', which: { outcome: 'failed' } },
    ],
    [
      ['requests', 'list', '--state=waiting'],
      { name: 'requests list', which: { state: 'waiting' } },
    ],
    [['requests', 'show', ID], { name: 'requests show', id: ID }],
    [['requests', 'replay', ID], { name: 'requests replay', id: ID }],
    [['requests', 'forget', ID], { name: 'requests forget', id: ID }],
    [['keys', 'rewrap'], { name: 'keys rewrap' }],
  ];
  for (const [args, command] of commands) {
    it(`asks by ${args.join(' ').slice(0, 40)} for what it says`, () => {
      assert.deepEqual(readArguments(args), { command, json: false, yes: false });
      const json = readArguments([...args, '--json']);
      assert.ok(json !== 'help' && json.json);
    });
  }

  for (const args of [
    ['grants', 'revoke', 'users/1'],
    ['grants', 'purge', '--unused-for', '1'],
    ['requests', 'replay', ID],
    ['requests', 'forget', ID],
  ]) {
    it(`may confirm ${args[0]} ${args[1]} beforehand`, () => {
      const invocation = readArguments([...args, '--yes']);
      assert.ok(invocation !== 'help' && invocation.yes);
    });
  }

  it('asks for help, whatever else it says', () => {
    for (const args of [['--help'], ['-h', 'nonsense'], ['help'], ['keys', 'rewrap', '--help']]) {
      assert.equal(readArguments(args), 'help');
    }
  });

  const mistakes: [args: string[], words: RegExp[]][] = [
    [[], [/^Say what to do: grants list,.*keys rewrap\.$/]],
    [['grants'], [/“grants” is none of the commands/]],
    [['grants', 'drop'], [/“grants drop” is none/]],
    [['toString'], [/“toString” is none/]],
    [['grants', 'revoke'], [/needs a person/]],
    [['grants', 'revoke', 'Ana'], [/“Ana” is no person/]],
    [['grants', 'revoke', 'users/1', 'users/2'], [/“users\/2” is one word too many/]],
    [['grants', 'purge'], [/--unused-for 180/]],
    [['grants', 'purge', '--unused-for', '0'], [/no number of days/]],
    [['grants', 'purge', '--unused-for', '1.5'], [/no number of days/]],
    [['requests', 'list', '--state', 'constructor'], [/--state constructor is none of: running/]],
    [['requests', 'show', 'A'.repeat(64)], [/64 hexadecimal digits/]],
    [['requests', 'show', ID, '--yes'], [/--yes is nothing for requests show/]],
    [['keys', 'rewrap', '--state', 'due'], [/--state is nothing for keys rewrap/]],
    [
      ['grants', 'revoke', 'Ana', '--loud', '--state', 'x'],
      [/--loud is none of the options/, /--state is nothing/, /“Ana” is no person/],
    ],
  ];
  for (const [args, words] of mistakes) {
    it(`is told what is wrong with ${args.join(' ').slice(0, 40) || 'nothing'}`, () => {
      const told = problems(args).toSorted();
      assert.equal(told.length, words.length);
      for (const word of words)
        assert.ok(
          told.some((text) => word.test(text)),
          told.join(),
        );
    });
  }

  it('is understood, or told what is wrong, whatever it holds', () => {
    const word = fc.oneof(
      fc.constantFrom('grants', 'revoke', 'purge', '--unused-for', '--', '--yes', 'users/1', ID),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(word), (args) => {
        try {
          readArguments(args);
        } catch (error) {
          assert.ok(error instanceof UsageError && error.problems.length > 0);
        }
      }),
    );
  });
});
