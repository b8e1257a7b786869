import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readArguments } from '../../src/cli/arguments.ts';
import type { Command, Invocation } from '../../src/cli/invocation.ts';
import { UsageError } from '../../src/lib/terminal/explain.ts';

const APP = { kind: 'app' };
const ME = { kind: 'me' };
const ANA = { kind: 'delegated', email: 'ana@example.com' };
const SEND = ['send', 'spaces/AAA', 'Hello'];
const send = {
  name: 'send',
  as: APP,
  space: 'spaces/AAA',
  text: 'Hello',
  thread: undefined,
  id: undefined,
};

const read = (args: readonly string[]): Invocation => {
  const invocation = readArguments(args);
  assert.ok(invocation !== 'help');
  return invocation;
};

const problems = (args: readonly string[]): readonly string[] => {
  try {
    readArguments(args);
  } catch (error) {
    assert.ok(error instanceof UsageError);
    assert.match(error.message, /--help\.$/);
    return error.problems;
  }
  return assert.fail('it was understood');
};

describe('a command line', () => {
  const commands: [args: readonly string[], command: object][] = [
    [SEND, send],
    [[...SEND, '--as', 'app'], send],
    [[...SEND, '--as=me'], { ...send, as: ME }],
    [[...SEND, '--as', 'Ana@Example.com'], { ...send, as: ANA }],
    [['--as', 'me', ...SEND], { ...send, as: ME }],
    [[...SEND, '--id', 'x'], { ...send, id: 'x' }],
    [
      [...SEND, '--thread', 'spaces/AAA/threads/B.B'],
      { ...send, thread: 'spaces/AAA/threads/B.B' },
    ],
    [['send', 'spaces/AAA', '--', '- one'], { ...send, text: '- one' }],
    [['send', 'spaces/AAA', ' two\nlines '], { ...send, text: ' two\nlines ' }],
    [
      ['update', 'spaces/AAA/messages/B.B', 'New'],
      { name: 'update', as: APP, message: 'spaces/AAA/messages/B.B', text: 'New' },
    ],
    [['members', 'spaces/AAA'], { name: 'members', as: APP, space: 'spaces/AAA' }],
    [
      ['create-space', ' Party '],
      { name: 'create-space', as: ME, displayName: 'Party', people: [], id: undefined },
    ],
    [
      ['create-space', 'P', 'users/1', 'Bo@x.example', 'users/1', '--as', 'ana@example.com'],
      {
        name: 'create-space',
        as: ANA,
        displayName: 'P',
        people: ['users/1', 'users/bo@x.example'],
        id: undefined,
      },
    ],
    [['sign-out'], { name: 'sign-out' }],
  ];
  for (const [args, command] of commands) {
    it(`asks by ${args.join(' ')} for what it says`, () => {
      assert.deepEqual(read(args), { command, json: false, browser: true });
    });
  }

  it('may ask for JSON, and for no browser', () => {
    const { json, browser } = read([...SEND, '--json', '--no-browser']);
    assert.deepEqual({ json, browser }, { json: true, browser: false });
  });

  for (const args of [['--help'], ['-h'], ['help'], ['send', '--help'], ['nonsense', '--help']]) {
    it(`asks by ${args.join(' ')} for help`, () => assert.equal(readArguments(args), 'help'));
  }
});

describe('a command line that is wrong', () => {
  const wrong: [args: readonly string[], ...problems: RegExp[]][] = [
    [[], /^Say what to do: send, update, members, create-space, sign-out\.$/],
    [['post'], /“post” is none of the commands/],
    [['toString'], /none of the commands/],
    [['send'], /needs a space/, /needs a text/],
    [['send', 'spaces/AAA'], /send needs a text in quotes, and it is missing/],
    [['send', 'spaces/AAA', 'two', 'words'], /“words” is one word too many/],
    [['send', 'spaces/../x', 'Hello'], /no space/],
    [['send', 'https://chat.google.com/room/AAA', 'Hello'], /behind \/room\//],
    [['send', 'spaces/AAA', ' \n'], /text is empty/],
    [[...SEND, '--as', 'bruno'], /--as bruno is nobody/],
    [[...SEND, '--as'], /--as needs a value/],
    [[...SEND, '--as', ''], /--as needs a value/],
    [[...SEND, '--as', 'me', '--as', 'app'], /--as is given twice/],
    [[...SEND, '--id='], /--id needs a value/],
    [[...SEND, '--thread', 'spaces/BBB/threads/C'], /not in spaces\/AAA/],
    [[...SEND, '--thread', 'spaces/AAAB/threads/C'], /not in spaces\/AAA/],
    [[...SEND, '--thread', 'C'], /no thread/],
    [[...SEND, '--json=yes'], /--json takes no value/],
    [[...SEND, '--yell'], /--yell is none of the options/],
    [[...SEND, '-v'], /-v is none of the options/],
    [['members', 'spaces/AAA', '--thread', 'x'], /--thread is nothing for members/],
    [['members', 'spaces/AAA', '--id', 'x'], /--id is nothing for members/],
    [['sign-out', '--as', 'me'], /--as is nothing for sign-out/],
    [['update', 'spaces/AAA', 'New'], /“spaces\/AAA” is no message/],
    [['create-space', 'P', '--as', 'app'], /The app can’t create spaces/],
    [['create-space', ' '], /name of the space is empty/],
    [['create-space', 'P'.repeat(129)], /128 characters at most/],
    [['create-space', 'P', 'bo'], /“bo” is no person/],
    [['create-space', 'P', ...Array.from({ length: 50 }, (_, id) => `users/${id}`)], /49 people/],
    [
      ['send', 'room', '', '--as', 'x', '--thread', 'y', '--loud'],
      /--loud/,
      /--as x/,
      /“room”/,
      /text is empty/,
      /--thread y/,
    ],
  ];
  for (const [args, ...expected] of wrong) {
    it(`is told so, all at once: ${args.slice(0, 6).join(' ')}`, () => {
      const told = problems(args);
      assert.equal(told.length, expected.length, told.join('\n'));
      for (const words of expected)
        assert.ok(
          told.some((text) => words.test(text)),
          told.join('\n'),
        );
    });
  }

  it('is never anything worse than wrong', () => {
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'send',
        'update',
        'members',
        'create-space',
        '--as',
        'me',
        '--',
        '-',
        '--id=',
      ),
      fc.constantFrom(
        'spaces/A',
        'spaces/A/messages/B',
        'users/1',
        '--__proto__',
        '--constructor=1',
      ),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (args) => {
        let command: Command | undefined;
        try {
          const invocation = readArguments(args);
          command = invocation === 'help' ? undefined : invocation.command;
        } catch (error) {
          assert.ok(error instanceof UsageError, String(error));
          assert.ok(error.problems.length > 0);
        }
        if (command?.name === 'send') assert.match(command.space, /^spaces\/[\w-]+$/);
      }),
    );
  });
});
