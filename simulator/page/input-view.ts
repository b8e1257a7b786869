import type { chat_v1 } from '@googleapis/chat';

/** Where a card asks for something. The page shows it, and nothing can be entered: no card of Postern asks. */
export type InputView =
  | {
      kind: 'text-input';
      label: string;
      hint: string;
      placeholder: string;
      value: string;
      isLong: boolean;
    }
  | {
      kind: 'selection';
      label: string;
      look: 'checkbox' | 'radio' | 'switch' | 'menu';
      items: { text: string; isSelected: boolean }[];
    }
  | {
      kind: 'moment';
      label: string;
      type: 'date' | 'time' | 'datetime-local';
      /** As an input of that type takes it; empty when nothing is chosen. */
      value: string;
    };

type Widget = chat_v1.Schema$GoogleAppsCardV1Widget;
type Selection = chat_v1.Schema$GoogleAppsCardV1SelectionInput;
type Moment = chat_v1.Schema$GoogleAppsCardV1DateTimePicker;

/** Undefined for a widget that asks for nothing. */
export function inputView(widget: Widget): InputView | undefined {
  const { textInput, selectionInput, dateTimePicker } = widget;
  if (textInput) return textView(textInput);
  if (selectionInput) return selectionView(selectionInput);
  return dateTimePicker && momentView(dateTimePicker);
}

function textView(input: chat_v1.Schema$GoogleAppsCardV1TextInput): InputView {
  return {
    kind: 'text-input',
    label: input.label ?? input.hintText ?? input.name ?? '',
    hint: input.label ? (input.hintText ?? '') : '',
    placeholder: input.placeholderText ?? '',
    value: input.value ?? '',
    isLong: input.type === 'MULTIPLE_LINE',
  };
}

function selectionView({ label, name, type, items }: Selection): InputView {
  return {
    kind: 'selection',
    label: label ?? name ?? '',
    look: lookOf(type),
    items: (items ?? []).map(({ text, selected }) => ({
      text: text ?? '',
      isSelected: selected ?? false,
    })),
  };
}

function lookOf(type: string | null | undefined): 'checkbox' | 'radio' | 'switch' | 'menu' {
  switch (type) {
    case 'RADIO_BUTTON':
      return 'radio';
    case 'SWITCH':
      return 'switch';
    case 'DROPDOWN':
    case 'MULTI_SELECT':
      return 'menu';
    default:
      return 'checkbox';
  }
}

function momentView({ label, name, type, valueMsEpoch, timezoneOffsetDate }: Moment): InputView {
  const shift = (timezoneOffsetDate ?? 0) * 60_000;
  const at = new Date(Number(valueMsEpoch || Number.NaN) + shift);
  const value = Number.isNaN(at.getTime()) ? '' : at.toISOString();
  const described = { kind: 'moment', label: label ?? name ?? '' } as const;
  switch (type) {
    case 'DATE_ONLY':
      return { ...described, type: 'date', value: value.slice(0, 10) };
    case 'TIME_ONLY':
      return { ...described, type: 'time', value: value.slice(11, 16) };
    default:
      return { ...described, type: 'datetime-local', value: value.slice(0, 16) };
  }
}
