import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { neutralizeMarkup, plainLine } from '../../../src/lib/chat/markup.ts';

describe('neutralized markup', () => {
  for (const [typed, shown] of [
    ['<users/all> wake up', '‹users/all> wake up'],
    ['<users/123><users/456>', '‹users/123>‹users/456>'],
    ['<<users/all>>', '<‹users/all>>'],
    ['see <https://evil.example|bank.example>', 'see ‹https://evil.example|bank.example>'],
    ['<https://evil.example|my <b> bank>', '‹https://evil.example|my <b> bank>'],
    ['<HTTPS://EVIL.example|bank>', '‹HTTPS://EVIL.example|bank>'],
    ['<https://evil.example>', '‹https://evil.example>'],
    ['<mailto:eve@evil.example|Bo>', '‹mailto:eve@evil.example|Bo>'],
    ['<evil.example|bank.example>', '‹evil.example|bank.example>'],
    ['<evil.example|two\nlines>', '‹evil.example|two\nlines>'],
    ['<customEmojis/CAY=>', '‹customEmojis/CAY=>'],
  ] as const) {
    it(`shows ${JSON.stringify(typed)} as it is written`, () => {
      assert.equal(neutralizeMarkup(typed), shown);
      assert.equal(neutralizeMarkup(shown), shown);
    });
  }

  for (const text of [
    '',
    'a < b && c > d',
    '<div class="x">',
    'std::vector<std::string>',
    'cat <in.txt | sort',
    '*bold* _italic_ ~strike~ `mono`',
    '```\nif (a<b) {}\n```',
    'https://t.example/42',
    '1 <2',
    '<3',
    '‹users/all›',
  ]) {
    it(`leaves ${JSON.stringify(text)} alone`, () => assert.equal(neutralizeMarkup(text), text));
  }

  it('takes time in proportion to the text', () => {
    const started = performance.now();
    for (const piece of ['<', '<a', '<a:', '<a|', 'a', '<a.', '<users']) {
      neutralizeMarkup(piece.repeat(100_000));
    }
    assert.ok(performance.now() - started < 1_000);
  });
});

describe('a name in one line', () => {
  for (const [chosen, shown] of [
    ['Ana', 'Ana'],
    ['  José  da\tSilva ', 'José da Silva'],
    ['Ana\n• Eve', 'Ana • Eve'],
    ['Ana\u2028Eve\u202Evil', 'Ana Eve vil'],
    ['<users/all>', '‹users/all>'],
    ['a < b', 'a ‹ b'],
    ['👩‍🚀 Ana', '👩‍🚀 Ana'],
    [' \u0000 ', ''],
  ] as const) {
    it(`is ${JSON.stringify(shown)} for ${JSON.stringify(chosen)}`, () => {
      assert.equal(plainLine(chosen), shown);
    });
  }
});
