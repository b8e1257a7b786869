import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { faultInCard, withPlainTexts } from '../../../src/subscriber/notifications/card.ts';

const act = { function: 'connect' };
const url = 'https://tickets.example/7';

/** A card with this widget somewhere in it. */
const around = (widget: object): object => ({ sections: [{ widgets: [widget] }] });
const button = (onClick: object): object => around({ buttonList: { buttons: [{ onClick }] } });

describe('a card that calls back to the app', () => {
  for (const [how, card] of [
    ['a button', button({ action: act })],
    ['a button, in the spelling of the protos', around({ image: { on_click: { action: act } } })],
    ['an empty action', button({ action: null })],
    ['a link that is asked for', button({ openDynamicLinkAction: act })],
    ['the same, in the spelling of the protos', button({ open_dynamic_link_action: act })],
    ['a menu', button({ overflowMenu: { items: [{ onClick: { action: act } }] } })],
    ['the menu of the card', { cardActions: [{ actionLabel: 'x', onClick: { action: act } }] }],
    ['a switch', around({ decoratedText: { switchControl: { onChangeAction: act } } })],
    ['an input', around({ textInput: { autoCompleteAction: act } })],
    ['a list of somewhere else', around({ selectionInput: { external_data_source: act } })],
    ['an event', around({ eventActions: [{ actionRules: [] }] })],
    ['a column', around({ columns: { columnItems: [{ widgets: [{ grid: { action: act } }] }] } })],
  ] as const) {
    it(`is refused, with markup or without: by ${how}`, () => {
      assert.equal(faultInCard(card, false), 'card-action');
      assert.equal(faultInCard(card, true), 'card-action');
    });
  }

  it('is found wherever it is', () => {
    const harmless = fc.dictionary(fc.stringMatching(/^[b-z]{1,8}$/), fc.jsonValue());
    const places = fc.array(fc.constantFrom('sections', 'widgets', 'grid', '0'), { maxLength: 15 });
    fc.assert(
      fc.property(harmless, places, (rest, path) => {
        const card = path.reduce<object>(
          (inner, name, depth) => (depth % 2 === 0 ? { ...rest, [name]: inner } : { x: [inner] }),
          { action: act },
        );
        assert.notEqual(faultInCard(card, true), undefined);
      }),
    );
  });
});

describe('a card’s link', () => {
  for (const good of [url, 'http://tickets.example', 'HTTPS://TICKETS.example']) {
    it(`may be ${good}`, () => {
      assert.equal(faultInCard(button({ openLink: { url: good } }), false), undefined);
    });
  }
  for (const bad of [
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'tickets.example',
    'file:///etc/passwd',
    'mailto:eve@evil.example',
    '',
    7,
    null,
    undefined,
  ]) {
    it(`may not be ${bad}`, () => {
      assert.equal(faultInCard(button({ openLink: { url: bad } }), true), 'card-link');
      assert.equal(faultInCard(button({ open_link: { url: bad } }), false), 'card-link');
    });
  }
});

it('a card in Markdown is for those who ask for markup', () => {
  for (const syntax of ['MARKDOWN', 2, null]) {
    const card = around({
      textParagraph: { text: '[bank](https://e.example)', textSyntax: syntax },
    });
    assert.equal(faultInCard(card, false), 'card-markup');
    assert.equal(faultInCard(card, true), undefined);
  }
  const html = around({ textParagraph: { text: 'x', text_syntax: 'HTML' } });
  assert.equal(faultInCard(html, false), undefined);
});

it('a card may be deep, but no abyss', () => {
  const nested = (depth: number): object => (depth === 1 ? {} : { next: nested(depth - 1) });
  assert.equal(faultInCard(nested(40), false), undefined);
  assert.equal(faultInCard(nested(41), false), 'card-too-deep');
});

it('a card with plain texts is the same card, but for its HTML', () => {
  const cards = fc.dictionary(
    fc.constantFrom('text', 'textParagraph', 'decoratedText', 'top_label', 'header', 'url'),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(cards, (card) => {
      const plain = JSON.stringify(withPlainTexts(card));
      const unescaped = plain
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&amp;', '&');
      const same = JSON.stringify(card)
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&amp;', '&');
      assert.equal(unescaped, same);
    }),
  );
});
