import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bo, type Json, mention, otherApp, toApp } from './payloads.ts';

describe('the markup', () => {
  for (const [title, text, formattedText, markup] of [
    ['keeps the formatting', '@Postern be bold', '@Postern be *bold*', 'be *bold*'],
    ['keeps the lines', '@Postern one\ntwo\n\n• x', '@Postern one\ntwo\n\n* x', 'one\ntwo\n\n* x'],
    [
      'keeps links',
      '@Postern see this',
      '@Postern see <https://a.b/c|this>',
      'see <https://a.b/c|this>',
    ],
    ['is empty for a bare mention', '@Postern', '@Postern', ''],
    ['has no gap for a mention', 'hey @Postern look', 'hey @Postern look', 'hey look'],
    ['has no end for a mention', 'look _here_ @Postern', 'look _here_ @Postern', 'look _here_'],
    ['has no mark around a mention', '@Postern look', '*_@Postern_* look', 'look'],
    ['has marks at the words', '@Postern look', '*@Postern look*', '*look*'],
    ['has marks at the words, after', 'look @Postern now', '*look @Postern* now', '*look* now'],
    ['keeps a new line at a mention', 'one\n@Postern two', 'one\n@Postern two', 'one\ntwo'],
    [
      'counts emoji as two',
      '\u{1F44D} @Postern yes',
      '\u{1F44D} @Postern *yes*',
      '\u{1F44D} *yes*',
    ],
  ] as const) {
    it(title, () => assert.equal(toApp(text, formattedText).markup, markup));
  }

  it('keeps the people and drops the apps', () => {
    const text = '@Bo @Postern ask @Postern Test and @Bo';
    const annotations = [
      mention(text, '@Bo', bo),
      mention(text, '@Postern'),
      mention(text, '@Postern Test', otherApp),
      { ...mention(text, '@Bo', bo), startIndex: text.lastIndexOf('@Bo') },
    ];
    const formatted = '<users/202> @Postern *ask* @Postern Test and <users/202>';
    assert.equal(toApp(text, formatted, annotations).markup, '<users/202> *ask* and <users/202>');
  });

  it('does not mind an annotation that comes twice', () => {
    const text = '@Bo @Postern hi';
    const annotations = [
      mention(text, '@Bo', bo),
      mention(text, '@Bo', bo),
      mention(text, '@Postern'),
      mention(text, '@Postern'),
    ];
    const { markup } = toApp(text, '<users/202> @Postern *hi*', annotations);
    assert.equal(markup, '<users/202> *hi*');
  });

  describe('loses the mention, not the same words', () => {
    const second = (text: string): Json => ({
      ...mention(text, '@Postern'),
      startIndex: text.lastIndexOf('@Postern'),
    });

    it('written before it', () => {
      const text = 'type @Postern to call @Postern ok';
      const { markup } = toApp(text, 'type `@Postern` to call @Postern ok', [second(text)]);
      assert.equal(markup, 'type `@Postern` to call ok');
    });

    it('written after it', () => {
      const { markup } = toApp('@Postern is @Postern', '@Postern is `@Postern`');
      assert.equal(markup, 'is `@Postern`');
    });

    it('in the name of a person', () => {
      const text = '@Postern Jones, meet @Postern';
      const jones = { name: 'users/303', type: 'HUMAN' };
      const annotations = [mention(text, '@Postern Jones', jones), second(text)];
      const { markup } = toApp(text, '<users/303>, meet @Postern', annotations);
      assert.equal(markup, '<users/303>, meet');
    });

    it('in the address of a link', () => {
      const formatted = '<https://a.b/@Postern|docs> of @Postern *now*';
      const { markup } = toApp('docs of @Postern now', formatted);
      assert.equal(markup, '<https://a.b/@Postern|docs> of *now*');
    });
  });
});
