import type { chat_v1 } from '@googleapis/chat';
import { actionOf, type createNumbering, labelOf } from '../world/buttons.ts';
import { readCardHtml } from './card-html.ts';
import { plain, type Rich, safeUrl } from './rich-text.ts';

/** A card, as far as the page shows it. */
export interface CardView {
  title: string;
  subtitle: string;
  sections: { header: Rich[]; widgets: WidgetView[] }[];
}

export type WidgetView =
  | { kind: 'paragraph'; text: Rich[] }
  | {
      kind: 'decorated';
      /** A character that stands for the icon; empty when there is none. */
      icon: string;
      top: Rich[];
      text: Rich[];
      bottom: Rich[];
      buttons: ButtonView[];
    }
  | { kind: 'buttons'; buttons: ButtonView[] }
  | { kind: 'divider' }
  /** One that Chat shows and this page doesn't. */
  | { kind: 'other'; name: string };

export interface ButtonView {
  text: string;
  look: 'filled' | 'tonal' | 'outlined' | 'borderless';
  disabled: boolean;
  does:
    | { kind: 'open'; url: string }
    /** `nth` tells it from the others of the message that say the same, from 0. */
    | { kind: 'act'; nth: number }
    | { kind: 'nothing' };
}

type Button = chat_v1.Schema$GoogleAppsCardV1Button;
type Numbering = ReturnType<typeof createNumbering>;

/** @param nthOf of the message: every button of it is asked about once, from top to bottom */
export function cardView(
  { header, sections }: chat_v1.Schema$GoogleAppsCardV1Card,
  nthOf: Numbering,
): CardView {
  return {
    title: header?.title ?? '',
    subtitle: header?.subtitle ?? '',
    sections: (sections ?? []).map((section) => ({
      header: readCardHtml(section.header ?? ''),
      widgets: (section.widgets ?? []).map((widget) => widgetView(widget, nthOf)),
    })),
  };
}

function widgetView(widget: chat_v1.Schema$GoogleAppsCardV1Widget, nthOf: Numbering): WidgetView {
  const { textParagraph, decoratedText, buttonList } = widget;
  if (textParagraph) return { kind: 'paragraph', text: readText(textParagraph) };
  if (decoratedText) return decoratedView(decoratedText, nthOf);
  if (buttonList) return { kind: 'buttons', buttons: buttonViews(buttonList.buttons, nthOf) };
  if (widget.divider) return { kind: 'divider' };
  const name = Object.keys(widget).find((key) => key !== 'id' && key !== 'horizontalAlignment');
  return { kind: 'other', name: name ?? 'nothing' };
}

function readText({ text, textSyntax }: chat_v1.Schema$GoogleAppsCardV1TextParagraph): Rich[] {
  return textSyntax === 'MARKDOWN' ? [plain(text ?? '')] : readCardHtml(text ?? '');
}

function decoratedView(
  widget: chat_v1.Schema$GoogleAppsCardV1DecoratedText,
  nthOf: Numbering,
): WidgetView {
  const { topLabel, text, bottomLabel, startIcon, icon, button } = widget;
  return {
    kind: 'decorated',
    icon: iconOf(startIcon ?? icon),
    top: readCardHtml(topLabel ?? ''),
    text: readCardHtml(text ?? ''),
    bottom: readCardHtml(bottomLabel ?? ''),
    buttons: buttonViews(button ? [button] : [], nthOf),
  };
}

/** Icons come from Google's servers: here a few characters stand for them. */
const ICONS: Readonly<Record<string, string>> = {
  check: '✓',
  check_circle: '✓',
  close: '✕',
  error: '!',
  info: 'i',
  lock: '🔒',
  person: '👤',
  schedule: '🕒',
  warning: '⚠',
  CLOCK: '🕒',
  EMAIL: '✉',
  PERSON: '👤',
  STAR: '★',
};

function iconOf(icon: chat_v1.Schema$GoogleAppsCardV1Icon | undefined): string {
  if (icon === undefined) return '';
  return ICONS[icon.materialIcon?.name ?? icon.knownIcon ?? ''] ?? '•';
}

export function buttonViews(
  buttons: readonly Button[] | undefined,
  nthOf: Numbering,
): ButtonView[] {
  return (buttons ?? []).map((button) => ({
    text: labelOf(button),
    look: lookOf(button.type),
    disabled: button.disabled ?? false,
    does: effectOf(button, nthOf(button)),
  }));
}

function lookOf(type: string | null | undefined): ButtonView['look'] {
  switch (type) {
    case 'FILLED':
      return 'filled';
    case 'FILLED_TONAL':
      return 'tonal';
    case 'BORDERLESS':
      return 'borderless';
    default:
      return 'outlined';
  }
}

function effectOf(button: Button, nth: number): ButtonView['does'] {
  const url = openableUrl(button.onClick?.openLink?.url ?? '');
  if (url !== undefined) return { kind: 'open', url };
  return actionOf(button) === undefined ? { kind: 'nothing' } : { kind: 'act', nth };
}

/** Chat turns http into https (chat-platform.md, section 9). On this machine there is no https. */
function openableUrl(text: string): string | undefined {
  const url = safeUrl(text);
  if (url === undefined || /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/]/.test(url)) return url;
  return url.replace(/^http:/, 'https:');
}
