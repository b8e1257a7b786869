import type { chat_v1 } from '@googleapis/chat';

const paragraph = (text: string) => ({ textParagraph: { text } });
const action = (name: string) => ({ action: { function: name } });

/** A card with every widget that the page knows, and one that it doesn't. */
export const GALLERY: chat_v1.Schema$GoogleAppsCardV1Card = {
  header: {
    title: 'All widgets',
    subtitle: 'A gallery',
    imageUrl: 'https://x.example/i.png',
    imageAltText: 'The logo',
  },
  sections: [
    {
      header: 'Text',
      collapsible: true,
      uncollapsibleWidgetsCount: 2,
      widgets: [
        paragraph('A <b>bold</b> word and a <a href="https://x.example/">link</a>'),
        {
          decoratedText: {
            topLabel: 'Top',
            text: 'Text',
            bottomLabel: 'Bottom',
            startIcon: { knownIcon: 'CLOCK' },
            switchControl: { name: 's', selected: true },
          },
        },
        paragraph('Further down'),
      ],
    },
    {
      widgets: [
        { image: { imageUrl: 'https://x.example/i.png', altText: 'A cake' } },
        {
          columns: {
            columnItems: [
              {
                widgets: [
                  { buttonList: { buttons: [{ text: 'In a column', onClick: action('column') }] } },
                ],
              },
              { widgets: [paragraph('The other one')] },
            ],
          },
        },
        { divider: {} },
        {
          grid: {
            title: 'A grid',
            columnCount: 2,
            items: [
              { title: 'First', subtitle: 'of two', image: { altText: 'A picture' } },
              { title: 'Second' },
            ],
          },
        },
        {
          chipList: {
            chips: [
              { label: 'A chip', onClick: action('chip') },
              { label: 'Off', disabled: true },
            ],
          },
        },
      ],
    },
    {
      header: 'Inputs',
      widgets: [
        { textInput: { name: 'a', label: 'Name', hintText: 'The whole of it' } },
        {
          selectionInput: {
            name: 'b',
            label: 'Size',
            type: 'RADIO_BUTTON',
            items: [{ text: 'Small', selected: true }, { text: 'Large' }],
          },
        },
        {
          selectionInput: {
            name: 'c',
            label: 'Colour',
            type: 'DROPDOWN',
            items: [{ text: 'Blue' }, { text: 'Red', selected: true }],
          },
        },
        {
          dateTimePicker: {
            name: 'd',
            label: 'When',
            type: 'DATE_ONLY',
            valueMsEpoch: '1000425600000',
          },
        },
        { carousel: {} },
      ],
    },
  ],
};
