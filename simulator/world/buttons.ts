import type { chat_v1 } from '@googleapis/chat';
import type { ClickedAction } from '../events/happening.ts';

type Button = chat_v1.Schema$GoogleAppsCardV1Button;

/** A button as a person finds it on a message. */
export interface PlacedButton {
  button: Button;
  label: string;
  /** Which one of those with this label, from 0. */
  nth: number;
}

/** All buttons of a message, from top to bottom: those of its cards, then the accessory ones. */
export function buttonsOf({ cardsV2, accessoryWidgets }: chat_v1.Schema$Message): PlacedButton[] {
  const widgets = (cardsV2 ?? []).flatMap(({ card }) =>
    (card?.sections ?? []).flatMap((section) => section.widgets ?? []),
  );
  const buttons = [
    ...widgets.flatMap(({ decoratedText, buttonList }) => [
      ...(decoratedText?.button ? [decoratedText.button] : []),
      ...(buttonList?.buttons ?? []),
    ]),
    ...(accessoryWidgets ?? []).flatMap(({ buttonList }) => buttonList?.buttons ?? []),
  ];
  const nthOf = createNumbering();
  return buttons.map((button) => ({ button, label: labelOf(button), nth: nthOf(button) }));
}

/** Numbers the buttons of a message that have the same label, from 0. To be asked about each once, from top to bottom. */
export function createNumbering(): (button: Button) => number {
  const seen = new Map<string, number>();
  return (button) => {
    const label = labelOf(button);
    const nth = seen.get(label) ?? 0;
    seen.set(label, nth + 1);
    return nth;
  };
}

/** What it says, to the eye or to a screen reader. */
export function labelOf({ text, altText }: Button): string {
  return text || altText || 'Button';
}

/** What the app is told when somebody presses it; undefined when nothing. */
export function actionOf({ onClick }: Button): ClickedAction | undefined {
  const { function: name, parameters } = onClick?.action ?? {};
  if (!name) return undefined;
  const entries = (parameters ?? []).map(({ key, value }) => [key ?? '', value ?? ''] as const);
  return { function: name, parameters: Object.fromEntries(entries) };
}
