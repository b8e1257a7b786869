import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { chat_v1 } from '@googleapis/chat';
import { createButtonViews } from '../../../simulator/page/button-view.ts';
import { readCardHtml } from '../../../simulator/page/card-html.ts';
import { cardView } from '../../../simulator/page/card-view.ts';
import type { Rich } from '../../../simulator/page/rich-text.ts';
import { connectCard } from '../../../src/lib/chat/cards.ts';
import { languageFor } from '../../../src/lib/words/language.ts';

const text = (content: string): Rich => ({ kind: 'text', text: content });
const bold = (...children: Rich[]): Rich => ({ kind: 'bold', children });
const x = [text('x')];

describe('the HTML in cards', () => {
  const cases: [html: string, result: Rich[]][] = [
    ['', []],
    ['a &amp; &lt;b&gt; &#39;c&#39;', [text("a & <b> 'c'")]],
    ['&unknown; &#9999999;', [text('&unknown; &#9999999;')]],
    ['<b>a</b>b', [bold(text('a')), text('b')]],
    ['<B><i>a</B>b', [bold({ kind: 'italic', children: [text('a')] }), text('b')]],
    ['&#x27;&#X26;&#xffffff;', [text("'&&#xffffff;")]],
    ['a<br/>b<br />c', [text('a'), { kind: 'break' }, text('b'), { kind: 'break' }, text('c')]],
    ['a<br>b\nc', [text('a'), { kind: 'break' }, text('b'), { kind: 'break' }, text('c')]],
    [
      '<a href="https://x.example/?a=1&amp;b=2">x</a>',
      [{ kind: 'link', url: 'https://x.example/?a=1&b=2', children: x }],
    ],
    ['<a href="javascript:alert(1)">x</a>', x],
    ['<a href="JAVASCRIPT&#58;alert(1)">x</a>', x],
    ['<font color="#ff0000">x</font>', [{ kind: 'color', color: '#ff0000', children: x }]],
    ['<font color="url(x)">x</font>', x],
    ['<img src=x onerror=alert(1)>x</script>', x],
    ['</b>x', x],
    ['1 < 2', [text('1 < 2')]],
    ['<time>2026-07-30 15:00</time>', [text('2026-07-30 15:00')]],
    ['<ul><li>x</li></ul>', [{ kind: 'list', children: [{ kind: 'item', children: x }] }]],
  ];
  for (const [html, result] of cases) {
    it(`of ${JSON.stringify(html)} is understood`, () => {
      assert.deepEqual(readCardHtml(html), result);
    });
  }
});

describe('a card', () => {
  it('of the app is shown with all that it says', () => {
    const url = 'https://accounts.google.com/o/oauth2/v2/auth';
    const prompt = { url, reason: 'not-connected', scopes: ['openid'] } as const;
    const card = connectCard(prompt, languageFor('en'));
    const { title, sections } = cardView(card, createButtonViews({ cardsV2: [{ card }] }));
    assert.notEqual(title, '');
    const kinds = sections.flatMap(({ widgets }) => widgets.map(({ kind }) => kind));
    assert.deepEqual(kinds, ['paragraph', 'decorated', 'paragraph', 'buttons']);
  });
});

type OnClick = chat_v1.Schema$GoogleAppsCardV1OnClick;

describe('a button', () => {
  const open = (url: string): OnClick => ({ openLink: { url } });
  const cases: [what: string, onClick: OnClick | undefined, does: object][] = [
    ['opens a link', open('https://x.example/'), { kind: 'open', url: 'https://x.example/' }],
    ['opens http as https', open('http://x.example/'), { kind: 'open', url: 'https://x.example/' }],
    [
      'opens http on this machine',
      open('http://localhost:1/'),
      { kind: 'open', url: 'http://localhost:1/' },
    ],
    ['opens no script', open('javascript:alert(1)'), { kind: 'nothing' }],
    [
      'calls a function',
      { action: { function: 'again', parameters: [{ key: 'a', value: 'b' }] } },
      { kind: 'act', nth: 0 },
    ],
    ['does nothing', undefined, { kind: 'nothing' }],
    ['calls nothing', { action: {} }, { kind: 'nothing' }],
  ];
  for (const [what, onClick, does] of cases) {
    it(what, () => {
      const written = { text: 'Go', ...(onClick && { onClick }) };
      const accessoryWidgets = [{ buttonList: { buttons: [written] } }];
      const [button] = createButtonViews({ accessoryWidgets })([written]);
      assert.deepEqual(button, { text: 'Go', look: 'outlined', disabled: false, does });
    });
  }
});
