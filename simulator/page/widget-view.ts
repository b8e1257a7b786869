import type { chat_v1 } from '@googleapis/chat';
import type { ButtonView, ViewButtons } from './button-view.ts';
import { readCardHtml } from './card-html.ts';
import { type InputView, inputView } from './input-view.ts';
import { openableUrl, plain, type Rich } from './rich-text.ts';

export type WidgetView =
  | { kind: 'paragraph'; text: Rich[] }
  | DecoratedView
  | { kind: 'buttons'; buttons: ButtonView[] }
  | { kind: 'divider' }
  | PictureView
  | { kind: 'columns'; columns: WidgetView[][] }
  | GridView
  | InputView
  /** One that Chat shows and this page doesn't: what people call it. */
  | { kind: 'other'; name: string };

interface DecoratedView {
  kind: 'decorated';
  /** Names of icons; empty when there is none. */
  icon: string;
  endIcon: string;
  top: Rich[];
  text: Rich[];
  bottom: Rich[];
  /** Where it leads; empty when nowhere. */
  url: string;
  /** Whether its switch is on, if it has one. */
  isOn?: boolean;
  buttons: ButtonView[];
}

/** The picture itself is elsewhere, and nothing leaves the machine: its description stands for it. */
interface PictureView {
  kind: 'picture';
  description: string;
  /** Where it, or what a click on it opens, can be seen; empty when nowhere. */
  url: string;
}

interface GridView {
  kind: 'grid';
  title: string;
  columns: number;
  items: { title: string; subtitle: string; picture?: string }[];
}

type Widget = chat_v1.Schema$GoogleAppsCardV1Widget;
type Paragraph = chat_v1.Schema$GoogleAppsCardV1TextParagraph;
type Icon = chat_v1.Schema$GoogleAppsCardV1Icon;

const MAX_GRID_COLUMNS = 4;

/** What a person sees of these widgets. */
export function widgetViews(widgets: readonly Widget[], viewButtons: ViewButtons): WidgetView[] {
  return widgets
    .filter(({ visibility }) => visibility !== 'HIDDEN')
    .map((widget) => widgetView(widget, viewButtons));
}

function widgetView(widget: Widget, viewButtons: ViewButtons): WidgetView {
  const { textParagraph, decoratedText, buttonList, chipList, image, columns, grid } = widget;
  if (textParagraph) return { kind: 'paragraph', text: readText(textParagraph) };
  if (decoratedText) return decoratedView(decoratedText, viewButtons);
  if (buttonList) return { kind: 'buttons', buttons: viewButtons(buttonList.buttons) };
  if (chipList) return { kind: 'buttons', buttons: viewButtons(chipList.chips) };
  if (image) return pictureView(image);
  if (columns) return columnsView(columns, viewButtons);
  if (grid) return gridView(grid);
  if (widget.divider) return { kind: 'divider' };
  return inputView(widget) ?? { kind: 'other', name: nameOf(widget) };
}

/** `textParagraph` is a "text paragraph". */
function nameOf(widget: Widget): string {
  const about = ['id', 'horizontalAlignment', 'visibility', 'eventActions'];
  const key = Object.keys(widget).find((name) => !about.includes(name)) ?? 'empty';
  return key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function readText({ text, textSyntax }: Paragraph): Rich[] {
  return textSyntax === 'MARKDOWN' ? [plain(text ?? '')] : readCardHtml(text ?? '');
}

function decoratedView(
  widget: chat_v1.Schema$GoogleAppsCardV1DecoratedText,
  viewButtons: ViewButtons,
): DecoratedView {
  const { startIcon, icon, endIcon, button, switchControl, onClick } = widget;
  return {
    kind: 'decorated',
    icon: iconOf(startIcon ?? icon),
    endIcon: iconOf(endIcon),
    top: readText(widget.topLabelText ?? { text: widget.topLabel ?? '' }),
    text: readText(widget.contentText ?? { text: widget.text ?? '' }),
    bottom: readText(widget.bottomLabelText ?? { text: widget.bottomLabel ?? '' }),
    url: openableUrl(onClick?.openLink?.url ?? '') ?? '',
    ...(switchControl && { isOn: switchControl.selected ?? false }),
    buttons: viewButtons(button ? [button] : []),
  };
}

/** Of Material, or one of Chat's own. A picture of the app's own counts as one that has no name. */
function iconOf(icon: Icon | undefined): string {
  if (icon === undefined) return '';
  return (icon.materialIcon?.name ?? icon.knownIcon)?.toLowerCase() || 'picture';
}

function pictureView({ altText, imageUrl, onClick }: chat_v1.Schema$GoogleAppsCardV1Image) {
  const url = openableUrl(onClick?.openLink?.url ?? imageUrl ?? '') ?? '';
  return { kind: 'picture', description: altText ?? '', url } as const;
}

function columnsView(
  { columnItems }: chat_v1.Schema$GoogleAppsCardV1Columns,
  viewButtons: ViewButtons,
): WidgetView {
  const columns = (columnItems ?? []).map(({ widgets }) => widgetViews(widgets ?? [], viewButtons));
  return { kind: 'columns', columns };
}

function gridView({ title, columnCount, items }: chat_v1.Schema$GoogleAppsCardV1Grid): GridView {
  return {
    kind: 'grid',
    title: title ?? '',
    columns: Math.min(Math.max(columnCount ?? 1, 1), MAX_GRID_COLUMNS),
    items: (items ?? []).map((item) => ({
      title: item.title ?? '',
      subtitle: item.subtitle ?? '',
      ...(item.image && { picture: item.image.altText ?? '' }),
    })),
  };
}
