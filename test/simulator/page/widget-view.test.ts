import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { chat_v1 } from '@googleapis/chat';
import { createButtonViews } from '../../../simulator/page/button-view.ts';
import { cardView } from '../../../simulator/page/card-view.ts';
import type { Rich } from '../../../simulator/page/rich-text.ts';

type Card = chat_v1.Schema$GoogleAppsCardV1Card;
type Widget = chat_v1.Schema$GoogleAppsCardV1Widget;

const text = (content: string): Rich[] => [{ kind: 'text', text: content }];
const paragraph = (content: string) => ({ textParagraph: { text: content } });
const action = { action: { function: 'f' } };
const link = { openLink: { url: 'https://x.example/' } };

describe('a widget', () => {
  const cases: [what: string, widget: Widget, shown: object][] = [
    [
      'of text',
      paragraph('a <b>b</b>'),
      {
        kind: 'paragraph',
        text: [...text('a '), { kind: 'bold', children: text('b') }],
      },
    ],
    [
      'of Markdown, as it stands',
      { textParagraph: { text: '<b>', textSyntax: 'MARKDOWN' } },
      {
        kind: 'paragraph',
        text: text('<b>'),
      },
    ],
    [
      'with icons, a switch and a link',
      {
        decoratedText: {
          topLabel: 'top',
          text: 'text',
          bottomLabel: 'bottom',
          startIcon: { knownIcon: 'CLOCK' },
          endIcon: { iconUrl: 'https://x.example/i.png' },
          switchControl: { selected: true },
          onClick: link,
        },
      },
      {
        kind: 'decorated',
        icon: 'clock',
        endIcon: 'picture',
        top: text('top'),
        text: text('text'),
        bottom: text('bottom'),
        url: 'https://x.example/',
        isOn: true,
        buttons: [],
      },
    ],
    [
      'of newer texts',
      {
        decoratedText: { contentText: { text: 'c' }, topLabelText: { text: 't' } },
      },
      {
        kind: 'decorated',
        icon: '',
        endIcon: '',
        top: text('t'),
        text: text('c'),
        bottom: [],
        url: '',
        buttons: [],
      },
    ],
    ['that is a line', { divider: {} }, { kind: 'divider' }],
    [
      'of chips',
      {
        chipList: {
          chips: [
            { label: 'One', onClick: link },
            { label: 'Two', disabled: true, onClick: action },
          ],
        },
      },
      {
        kind: 'buttons',
        buttons: [
          {
            text: 'One',
            look: 'chip',
            disabled: false,
            does: { kind: 'open', url: 'https://x.example/' },
          },
          { text: 'Two', look: 'chip', disabled: true, does: { kind: 'act', nth: 0 } },
        ],
      },
    ],
    [
      'with a picture',
      { image: { imageUrl: 'https://x.example/x.png', altText: 'A cake' } },
      {
        kind: 'picture',
        description: 'A cake',
        url: 'https://x.example/x.png',
      },
    ],
    [
      'in columns',
      { columns: { columnItems: [{ widgets: [paragraph('l')] }, {}] } },
      {
        kind: 'columns',
        columns: [[{ kind: 'paragraph', text: text('l') }], []],
      },
    ],
    [
      'in a grid',
      {
        grid: {
          title: 'Team',
          columnCount: 9,
          items: [{ title: 'Ana', image: { altText: 'her' } }, { subtitle: 's' }],
        },
      },
      {
        kind: 'grid',
        title: 'Team',
        columns: 4,
        items: [
          { title: 'Ana', subtitle: '', picture: 'her' },
          { title: '', subtitle: 's' },
        ],
      },
    ],
    [
      'that asks for text',
      {
        textInput: {
          name: 'n',
          label: 'Name',
          hintText: 'All of it',
          type: 'MULTIPLE_LINE',
          value: 'v',
        },
      },
      {
        kind: 'text-input',
        label: 'Name',
        hint: 'All of it',
        placeholder: '',
        value: 'v',
        isLong: true,
      },
    ],
    [
      'that asks for a choice',
      {
        selectionInput: {
          label: 'Size',
          type: 'DROPDOWN',
          items: [{ text: 'S', selected: true }, { text: 'L' }],
        },
      },
      {
        kind: 'selection',
        label: 'Size',
        look: 'menu',
        items: [
          { text: 'S', isSelected: true },
          { text: 'L', isSelected: false },
        ],
      },
    ],
    [
      'that asks for a day',
      { dateTimePicker: { label: 'Day', type: 'DATE_ONLY', valueMsEpoch: '1000425600000' } },
      {
        kind: 'moment',
        label: 'Day',
        type: 'date',
        value: '2001-09-14',
      },
    ],
    [
      'that asks for a moment, in its own zone',
      {
        dateTimePicker: {
          name: 'at',
          type: 'DATE_AND_TIME',
          valueMsEpoch: '0',
          timezoneOffsetDate: 60,
        },
      },
      {
        kind: 'moment',
        label: 'at',
        type: 'datetime-local',
        value: '1970-01-01T01:00',
      },
    ],
    [
      'that asks for a time, without one',
      { dateTimePicker: { label: 'At', type: 'TIME_ONLY' } },
      {
        kind: 'moment',
        label: 'At',
        type: 'time',
        value: '',
      },
    ],
    ['that the page doesn’t know', { id: 'w', carousel: {} }, { kind: 'other', name: 'carousel' }],
  ];
  for (const [what, widget, shown] of cases) {
    it(what, () => {
      assert.deepEqual(view({ sections: [{ widgets: [widget] }] }).sections[0]?.widgets, [shown]);
    });
  }

  it('that is hidden is not shown', () => {
    const widgets = [{ ...paragraph('x'), visibility: 'HIDDEN' }];
    assert.deepEqual(view({ sections: [{ widgets }] }).sections[0]?.widgets, []);
  });
});

describe('a section that collapses', () => {
  it('keeps all but the first widgets back', () => {
    const widgets = ['a', 'b', 'c'].map(paragraph);
    const section = { widgets, collapsible: true, uncollapsibleWidgetsCount: 1 };
    const [shown] = view({ sections: [section] }).sections;
    assert.deepEqual([shown?.widgets.length, shown?.more.length], [1, 2]);
  });
});

describe('a header', () => {
  it('with a picture tells what it is of', () => {
    const header = {
      title: 'T',
      imageUrl: 'https://x.example/x.png',
      imageType: 'CIRCLE',
      imageAltText: 'A cake',
    };
    assert.deepEqual(view({ header }).picture, { description: 'A cake', isRound: true });
    assert.equal(view({ header: { title: 'T' } }).picture, undefined);
  });
});

function view(card: Card) {
  return cardView(card, createButtonViews({ cardsV2: [{ card }] }));
}
