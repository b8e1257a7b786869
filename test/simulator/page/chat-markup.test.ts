import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readChatMarkup } from '../../../simulator/page/chat-markup.ts';
import { plainText, type Rich } from '../../../simulator/page/rich-text.ts';

const mentions = {
  nameOf: (userName: string) => (userName === 'users/101' ? 'Ana' : undefined),
  named: ['Postern Beta', 'Postern'],
};

const text = (content: string): Rich => ({ kind: 'text', text: content });
const mention = (name: string): Rich => ({ kind: 'mention', text: `@${name}` });
const group = (kind: 'bold' | 'italic' | 'strike' | 'code', ...children: Rich[]): Rich => ({
  kind,
  children,
});
const item = (content: string, ...inner: Rich[]): Rich => ({
  kind: 'item',
  children: [text(content), ...inner],
});
const list = (...children: Rich[]): Rich => ({ kind: 'list', children });
const link = (url: string, label = url): Rich => ({ kind: 'link', url, children: [text(label)] });

describe('the markup of messages', () => {
  const cases: [markup: string, result: Rich[]][] = [
    ['', []],
    ['plain', [text('plain')]],
    ['a *b* c', [text('a '), group('bold', text('b')), text(' c')]],
    ['_i_ ~s~', [group('italic', text('i')), text(' '), group('strike', text('s'))]],
    ['*a _b_*', [group('bold', text('a '), group('italic', text('b')))]],
    ['`*not bold*`', [group('code', text('*not bold*'))]],
    ['2*3*4 and snake_case_name', [text('2*3*4 and snake_case_name')]],
    ['* not bold*', [{ kind: 'list', children: [item('not bold*')] }]],
    ['a * b * c', [text('a * b * c')]],
    ['*open', [text('*open')]],
    ['**', [text('**')]],
    ['one\ntwo', [text('one'), { kind: 'break' }, text('two')]],
    ['<users/101> hi', [mention('Ana'), text(' hi')]],
    ['<users/all>', [mention('all')]],
    ['<users/999>', [text('<users/999>')]],
    ['@Postern hi', [mention('Postern'), text(' hi')]],
    ['@Postern Beta', [mention('Postern Beta')]],
    ['@Somebody', [text('@Somebody')]],
    ['<https://x.example/|here>', [link('https://x.example/', 'here')]],
    ['<https://x.example/>', [link('https://x.example/')]],
    ['see https://x.example/a.', [text('see '), link('https://x.example/a'), text('.')]],
    ['<javascript:alert(1)|x>', [text('<javascript:alert(1)|x>')]],
    ['<b>no</b> & so', [text('<b>no</b> & so')]],
    [
      'x\n```\na *b*\n```\ny',
      [text('x'), { kind: 'code-block', children: [text('a *b*')] }, text('y')],
    ],
    ['>close by', [{ kind: 'quote', children: [text('close by')] }]],
    [
      '* a\n    * b\n        * c\n    * d\n* e',
      [list(item('a', list(item('b', list(item('c'))), item('d'))), item('e'))],
    ],
    ['    - b\n- a', [list(item('b'), item('a'))]],
    [
      '- a\n- b\n> q\n> r',
      [
        { kind: 'list', children: [item('a'), item('b')] },
        { kind: 'quote', children: [text('q'), { kind: 'break' }, text('r')] },
      ],
    ],
  ];
  for (const [markup, result] of cases) {
    it(`of ${JSON.stringify(markup)} is understood`, () => {
      assert.deepEqual(readChatMarkup(markup, mentions), result);
    });
  }

  it('loses no word, whatever is written', () => {
    const marks = ['*', '_', '~', '`', '```', '<', '>', '\n', '- ', '> ', '@', ' ', 'w'];
    const pieces = fc.array(fc.constantFrom(...marks, 'https://x.example'), { maxLength: 30 });
    const words = (content: string) => content.match(/w/g)?.length ?? 0;
    fc.assert(
      fc.property(pieces, (written) => {
        const markup = written.join('');
        assert.equal(words(plainText(readChatMarkup(markup, mentions))), words(markup));
      }),
    );
  });
});
