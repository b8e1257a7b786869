import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { commandIn, markedUpParts, render, typedParts } from '../../../simulator/world/markup.ts';
import { ANA, appAsUser, ECHO, POSTERN, personAsUser } from '../../../simulator/world/people.ts';

const users = [personAsUser(ANA), appAsUser(POSTERN), appAsUser(ECHO)];
const byName = new Map(users.map((user) => [user.name, user]));

suite('What is typed', () => {
  const cases = [
    { typed: 'hello', text: 'hello', argumentText: 'hello', formattedText: 'hello', at: [] },
    {
      typed: '@Postern hi',
      text: '@Postern hi',
      argumentText: ' hi',
      formattedText: '@Postern hi',
      at: [[0, 8]],
    },
    {
      typed: '@Postern  hi',
      text: '@Postern  hi',
      argumentText: '  hi',
      formattedText: '@Postern  hi',
      at: [[0, 8]],
    },
    {
      typed: '@postern hi',
      text: '@Postern hi',
      argumentText: ' hi',
      formattedText: '@Postern hi',
      at: [[0, 8]],
    },
    {
      typed: '@Postern',
      text: '@Postern',
      argumentText: undefined,
      formattedText: '@Postern',
      at: [[0, 8]],
    },
    {
      typed: '@Postern @Echo go',
      text: '@Postern @Echo go',
      argumentText: '  go',
      formattedText: '@Postern @Echo go',
      at: [
        [0, 8],
        [9, 5],
      ],
    },
    {
      typed: '🎉 @Ana, hi',
      text: '🎉 @Ana, hi',
      argumentText: '🎉 @Ana, hi',
      formattedText: `🎉 <users/${ANA.id}>, hi`,
      at: [[3, 4]],
    },
    {
      typed: '@Anabel',
      text: '@Anabel',
      argumentText: '@Anabel',
      formattedText: '@Anabel',
      at: [],
    },
    {
      typed: 'mail ana@Postern',
      text: 'mail ana@Postern',
      argumentText: 'mail ana@Postern',
      formattedText: 'mail ana@Postern',
      at: [],
    },
  ];
  for (const { typed, at, ...expected } of cases) {
    test(`"${typed}" becomes text, an argument, markup and annotations`, () => {
      const { annotations = [], argumentText, ...rendered } = render(typedParts(typed, users));
      assert.deepEqual({ ...rendered, argumentText }, expected);
      assert.deepEqual(
        annotations.map(({ startIndex, length }) => [startIndex, length]),
        at,
      );
    });
  }

  test('a slash command is the first word, whole', () => {
    const help = { id: 1, name: 'help' };
    assert.equal(commandIn('/help', [help]), help);
    assert.equal(commandIn('/help me', [help]), help);
    assert.equal(commandIn('/helpless', [help]), undefined);
    assert.equal(commandIn('see /help', [help]), undefined);
  });
});

suite('What the API is given', () => {
  const lookUp = (name: string) => byName.get(name);

  test('a user in angle brackets becomes a mention', () => {
    const marked = `<users/${ANA.id}> and <users/${POSTERN.id}>`;
    const { text, formattedText, annotations = [] } = render(markedUpParts(marked, lookUp));
    assert.equal(text, '@Ana and @Postern');
    assert.equal(formattedText, `<users/${ANA.id}> and @Postern`);
    assert.deepEqual(
      annotations.map(({ userMention }) => userMention?.user?.name),
      [`users/${ANA.id}`, `users/${POSTERN.id}`],
    );
  });

  test('everybody can be mentioned', () => {
    const { text, formattedText } = render(markedUpParts('<users/all> come', lookUp));
    assert.equal(text, '@all come');
    assert.equal(formattedText, '<users/all> come');
  });

  test('unknown users stay what they are', () => {
    const { text, annotations } = render(markedUpParts('<users/1>', lookUp));
    assert.equal(text, '<users/1>');
    assert.equal(annotations, undefined);
  });
});

test('An annotation always points at its mention, whatever is around it', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'grapheme' }),
      (before, after) => {
        const { text, annotations = [] } = render(typedParts(`${before} @Postern ${after}`, users));
        for (const { startIndex, length, userMention } of annotations) {
          const start = startIndex ?? 0;
          const pointed = text?.slice(start, start + (length ?? 0));
          assert.equal(pointed, `@${userMention?.user?.displayName}`);
        }
        assert.ok(annotations.length >= 1);
      },
    ),
  );
});
