/** @import { InputView } from '../input-view.ts' */
import { element } from './dom.js';

/*
 * What cards ask for. Shown as it is; nothing can be entered.
 */

/** @param {Extract<InputView, { kind: 'text-input' }>} input */
export function textInputElement({ label, hint, placeholder, value, isLong }) {
  const field = isLong
    ? element('textarea', { disabled: true, rows: '3', placeholder }, [value])
    : element('input', { type: 'text', disabled: true, value, placeholder });
  return element('label', { class: 'input' }, [
    label,
    field,
    ...(hint === '' ? [] : [element('small', {}, [hint])]),
  ]);
}

/** @param {Extract<InputView, { kind: 'moment' }>} input */
export function momentElement({ label, type, value }) {
  return element('label', { class: 'input' }, [
    label,
    element('input', { type, disabled: true, value }),
  ]);
}

/** @param {Extract<InputView, { kind: 'selection' }>} input */
export function selectionElement(input) {
  const { label, look, items } = input;
  if (look === 'menu') {
    const options = items.map(({ text, isSelected }) =>
      element('option', { selected: isSelected }, [text]),
    );
    return element('label', { class: 'input' }, [
      label,
      element('select', { disabled: true }, options),
    ]);
  }
  return element('fieldset', { class: 'input', disabled: true }, [
    element('legend', {}, [label]),
    ...items.map(({ text, isSelected }) =>
      element('label', {}, [
        look === 'switch'
          ? switchElement(isSelected)
          : element('input', { type: look, checked: isSelected }),
        text,
      ]),
    ),
  ]);
}

/**
 * @param {boolean} isOn
 * @param {string} [label] where none is around it
 */
export function switchElement(isOn, label) {
  return element('input', {
    type: 'checkbox',
    role: 'switch',
    class: 'switch',
    'aria-label': label,
    checked: isOn,
    disabled: true,
  });
}
