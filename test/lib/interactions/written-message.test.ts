import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  app,
  bo,
  mention,
  message,
  otherApp,
  parsed,
  payload,
  toApp,
  written,
  writtenBySlash,
} from './payloads.ts';

const slashAt = (startIndex: number, commandName: string) => ({
  type: 'SLASH_COMMAND',
  startIndex,
  length: commandName.length,
  slashCommand: { type: 'INVOKE', commandName, commandId: '1' },
});

describe('the argument', () => {
  for (const [title, fields, argument] of [
    ['is what Chat says, trimmed', { text: 'x', argumentText: '  how are you?\n' }, 'how are you?'],
    ['is empty when Chat says so', { text: 'x', argumentText: '' }, ''],
    ['is the text when Chat says nothing', { text: ' hello ' }, 'hello'],
    ['is empty when there is nothing but an attachment', {}, ''],
    ['is the text when Chat says nonsense', { text: 'hello', argumentText: 7 }, 'hello'],
  ] as const) {
    it(title, () => assert.equal(written(fields).argument, argument));
  }

  it('is empty for a bare mention, where Chat says nothing', () => {
    assert.equal(toApp('@Postern', '@Postern').argument, '');
  });

  it('is the text without the apps, with its people, where Chat says nothing', () => {
    const text = '@Postern tell @Bo and @Postern Test';
    const annotations = [
      mention(text, '@Postern'),
      mention(text, '@Bo', bo),
      mention(text, '@Postern Test', otherApp),
    ];
    assert.equal(written({ text, annotations }).argument, 'tell @Bo and');
  });

  it('is the text as it is, where an annotation points astray', () => {
    for (const range of [{ startIndex: 3 }, { length: 99 }, { length: 0 }, { startIndex: -9 }]) {
      const annotations = [{ ...mention('@Postern hi', '@Postern'), ...range }];
      assert.equal(written({ text: '@Postern hi', annotations }).argument, '@Postern hi');
    }
  });

  it('is what stands after a slash command', () => {
    assert.equal(writtenBySlash({ text: '/post hello' }).argument, 'hello');
    assert.equal(writtenBySlash({ text: '/post' }).argument, '');
    assert.equal(writtenBySlash({ text: '/post /post' }).argument, '/post');
    assert.equal(writtenBySlash({ text: '/post hello', argumentText: ' hello' }).argument, 'hello');
    assert.equal(writtenBySlash({ text: 'hello' }).argument, 'hello');
  });

  it('begins where the annotation of the slash command says that it ends', () => {
    const annotations = [slashAt(0, '/post')];
    assert.equal(writtenBySlash({ text: '/post@Bo hello', annotations }).argument, '@Bo hello');
  });

  it('is bounded', () => {
    assert.equal(written({ text: 'x'.repeat(90_000) }).argument.length, 32_000);
  });

  it('is well-formed Unicode', () => {
    const half = `${'x'.repeat(31_999)}\u{1F44D}`;
    assert.ok(written({ text: half }).argument.endsWith('x\uFFFD'));
    assert.equal(written({ text: '\uD83D!', argumentText: '\uD83D!' }).argument, '\uFFFD!');
  });
});

describe('the markup', () => {
  describe('loses the slash command', () => {
    for (const [title, fields, markup] of [
      [
        'and keeps the rest as it is',
        { text: '/post be bold', formattedText: '/post be *bold*\n* x' },
        'be *bold*\n* x',
      ],
      ['alone', { text: '/post', formattedText: '/post' }, ''],
      [
        'with the mention of another app',
        {
          text: '/post @Postern Test hi',
          formattedText: '/post @Postern Test *hi*',
          annotations: [
            slashAt(0, '/post'),
            mention('/post @Postern Test hi', '@Postern Test', otherApp),
          ],
        },
        '*hi*',
      ],
      [
        'before a person',
        {
          text: '/post@Bo hi',
          formattedText: '/post<users/202> hi',
          annotations: [slashAt(0, '/post'), mention('/post@Bo hi', '@Bo', bo)],
        },
        '<users/202> hi',
      ],
      [
        'or is plain, where it does not find it',
        { text: '/post be bold', formattedText: '*/post* be *bold*' },
        'be bold',
      ],
    ] as const) {
      it(title, () => assert.equal(writtenBySlash(fields).markup, markup));
    }
  });
  describe('is the plain argument, neutralized', () => {
    const typed = '<users/all> <https://evil.example|bank.example>';
    const shown = '‹users/all> ‹https://evil.example|bank.example>';

    it('where Chat says no more', () => {
      assert.equal(written({ text: typed, argumentText: ` ${typed}` }).markup, shown);
      assert.equal(written({ text: typed, formattedText: '' }).markup, shown);
      assert.equal(written({ text: typed, formattedText: 7 }).markup, shown);
      assert.equal(written({ argumentText: 'hi', formattedText: '<users/all>' }).markup, 'hi');
    });

    it('where markup was typed literally, so that it stays what it was', () => {
      const { markup, argument } = toApp(`@Postern ${typed}`, `@Postern ${typed}`);
      assert.equal(markup, shown);
      assert.equal(argument, typed);
    });

    it('where markup would come about without the mention', () => {
      const text = '<users@Postern/all> hi';
      assert.equal(toApp(text, text).markup, '‹users/all> hi');
    });

    it('where the mention can not be found', () => {
      const fields = { text: '@Postern be bold', argumentText: 'be bold' };
      const annotation = mention(fields.text, '@Postern');
      for (const [formattedText, annotations] of [
        ['@*Postern* be *bold*', [annotation]],
        ['<users/900> be *bold*', [annotation]],
        ['@Postern and @Postern be *bold*', [annotation]],
        ['@Postern be *bold*', [{ ...annotation, startIndex: 4 }]],
        ['@Postern be *bold*', [{ ...annotation, length: undefined }]],
        ['@Postern be *bold*', [{ ...annotation, length: 900 }]],
      ] as const) {
        assert.equal(written({ ...fields, formattedText, annotations }).markup, 'be bold');
      }
    });

    it('where it is too long to be posted', () => {
      const formattedText = `${'<users/202>'.repeat(3_000)} hi`;
      assert.equal(written({ text: '@Bo hi', formattedText }).markup, '@Bo hi');
    });
  });
});

describe('the mentions', () => {
  const text = '@Postern add @Bo and @Ana, @Bo! @all';
  const annotations = [
    mention(text, '@Postern'),
    mention(text, '@Bo', bo),
    mention(text, '@Ana', { name: 'users/101', type: 'HUMAN' }),
    { ...mention(text, '@Bo', bo), startIndex: text.lastIndexOf('@Bo') },
    mention(text, '@all', { name: 'users/all', type: 'HUMAN' }),
  ];

  it('are the people, each once, in order, and neither apps nor everybody', () => {
    assert.deepEqual(written({ text, annotations }).mentions, [
      { name: 'users/202', displayName: 'Bo' },
      { name: 'users/101' },
    ]);
  });

  it('are left out of the words', () => {
    assert.equal(written({ text, annotations }).words, 'add and , !');
  });

  it('are left out of the words of a slash command, with the command', () => {
    const { mentions, words } = writtenBySlash({
      text: '/space Launch @Bo party',
      argumentText: 'Launch @Bo party',
      annotations: [slashAt(0, '/space'), mention('/space Launch @Bo party', '@Bo', bo)],
    });
    assert.deepEqual([mentions?.length, words], [1, 'Launch party']);
  });

  it('are none where only apps are mentioned, and the words are the argument then', () => {
    const { mentions, words } = toApp('@Postern help', '@Postern help');
    assert.deepEqual([mentions, words], [undefined, undefined]);
  });

  it('are none where a mention is of nobody that we can name', () => {
    const odd = { name: 'people/1', type: 'HUMAN' };
    assert.equal(written({ text, annotations: [mention(text, '@Bo', odd)] }).mentions, undefined);
  });
});

describe('a message', () => {
  it('takes no thread or name that is none', () => {
    const odd = { text: 'x', name: 'messages/1', thread: { name: 'spaces/A/threads/B?x=1' } };
    assert.deepEqual(written(odd), { argument: 'x', markup: 'x' });
  });

  it('takes its thread from the event, when it tells none itself', () => {
    const event = payload('classic', 'message', {
      message: message({ thread: undefined }),
      beside: { thread: { name: 'spaces/ROOM/threads/T' } },
    });
    assert.equal(parsed('message', event).message.thread, 'spaces/ROOM/threads/T');
  });

  it('survives any number of annotations', () => {
    const text = '@'.repeat(10_000);
    const annotations = Array.from({ length: 2_000 }, (_, startIndex) => ({
      ...mention(text, '@@@', app),
      startIndex,
    }));
    assert.equal(typeof written({ text, formattedText: text, annotations }).markup, 'string');
  });

  it('holds nobody up, however its annotations overlap', () => {
    const text = '@'.repeat(32_000);
    const annotations = Array.from({ length: 1_000 }, (_, index) => ({
      ...mention(text, '@@', app),
      length: 15_000 + index,
    }));
    const started = performance.now();
    written({ text, formattedText: text, annotations });
    assert.ok(performance.now() - started < 2_000);
  });
});
