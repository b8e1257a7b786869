import type { chat_v1 } from '@googleapis/chat';
import type { ClickedAction } from '../events/happening.ts';

type Button = chat_v1.Schema$GoogleAppsCardV1Button;
type Chip = chat_v1.Schema$GoogleAppsCardV1Chip;
type Widget = chat_v1.Schema$GoogleAppsCardV1Widget;

/** What a person can press: a chip is a button, too. */
export type Pressable = Button | Chip;

/** A button as a person finds it on a message. */
export interface PlacedButton {
  button: Pressable;
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
    ...widgets.flatMap(pressablesOf),
    ...(accessoryWidgets ?? []).flatMap(({ buttonList }) => buttonList?.buttons ?? []),
  ];
  const seen = new Map<string, number>();
  return buttons.map((button) => {
    const label = labelOf(button);
    const nth = seen.get(label) ?? 0;
    seen.set(label, nth + 1);
    return { button, label, nth };
  });
}

function pressablesOf({ decoratedText, buttonList, chipList, columns }: Widget): Pressable[] {
  const nested = (columns?.columnItems ?? []).flatMap(({ widgets }) => widgets ?? []);
  return [
    ...(decoratedText?.button ? [decoratedText.button] : []),
    ...(buttonList?.buttons ?? []),
    ...(chipList?.chips ?? []),
    ...nested.flatMap(pressablesOf),
  ];
}

/** What it says, to the eye or to a screen reader. */
export function labelOf(button: Pressable): string {
  const text = 'label' in button ? button.label : 'text' in button ? button.text : undefined;
  return text || button.altText || 'Button';
}

/** What the app is told when somebody presses it; undefined when nothing. */
export function actionOf({ onClick }: Pressable): ClickedAction | undefined {
  const { function: name, parameters } = onClick?.action ?? {};
  if (!name) return undefined;
  const entries = (parameters ?? []).map(({ key, value }) => [key ?? '', value ?? ''] as const);
  return { function: name, parameters: Object.fromEntries(entries) };
}
