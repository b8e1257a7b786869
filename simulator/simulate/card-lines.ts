import type { chat_v1 } from '@googleapis/chat';
import { type ButtonView, createButtonViews } from '../page/button-view.ts';
import { cardView } from '../page/card-view.ts';
import { plainText } from '../page/rich-text.ts';
import type { WidgetView } from '../page/widget-view.ts';

/** A card in plain text, line by line. Links are left out: the one of a question is secret. */
export function cardLines(card: chat_v1.Schema$GoogleAppsCardV1Card): string[] {
  const { title, subtitle, sections } = cardView(card, createButtonViews({}));
  const lines = sections.flatMap(({ header, widgets }) => [
    plainText(header),
    ...widgets.flatMap(widgetLines),
  ]);
  return [title, subtitle, ...lines].map((line) => line.trim()).filter((line) => line !== '');
}

function widgetLines(widget: WidgetView): string[] {
  switch (widget.kind) {
    case 'paragraph':
      return [plainText(widget.text)];
    case 'decorated':
      return [
        ...[widget.top, widget.text, widget.bottom].map((text) => plainText(text)),
        buttonLine(widget.buttons),
      ];
    case 'buttons':
      return [buttonLine(widget.buttons)];
    case 'columns':
      return widget.columns.flat().flatMap(widgetLines);
    default:
      return [];
  }
}

function buttonLine(buttons: readonly ButtonView[]): string {
  return buttons.map(({ text }) => `[${text}]`).join(' ');
}
