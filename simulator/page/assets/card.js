/** @import { ButtonView, CardView, WidgetView } from '../card-view.ts' */
import { element } from './dom.js';
import { linkTo, richNodes } from './rich-text.js';

/**
 * Which button of a message: what it says, and its number among those that say the same.
 *
 * @typedef {{ label: string, nth: number }} PressedButton
 */

/**
 * Somebody presses a button that has an action.
 *
 * @callback Press
 * @param {PressedButton} button
 * @returns {Promise<void>} fulfilled when the app has been told
 */

/**
 * @param {CardView} card
 * @param {Press} press
 */
export function cardElement({ title, subtitle, sections }, press) {
  const header = [
    ...(title === '' ? [] : [element('h3', {}, [title])]),
    ...(subtitle === '' ? [] : [element('p', {}, [subtitle])]),
  ];
  return element('div', { class: 'card', role: 'group', 'aria-label': title || 'Card' }, [
    ...(header.length === 0 ? [] : [element('div', { class: 'card-header' }, header)]),
    ...sections.map((section) =>
      element('div', { class: 'card-section' }, [
        ...(section.header.length === 0 ? [] : [element('h4', {}, richNodes(section.header))]),
        ...section.widgets.map((widget) => widgetElement(widget, press)),
      ]),
    ),
  ]);
}

/**
 * @param {WidgetView} widget
 * @param {Press} press
 * @returns {HTMLElement}
 */
function widgetElement(widget, press) {
  switch (widget.kind) {
    case 'paragraph':
      return element('div', { class: 'paragraph' }, richNodes(widget.text));
    case 'decorated':
      return decoratedElement(widget, press);
    case 'buttons':
      return buttonsElement(widget.buttons, press);
    case 'divider':
      return element('hr');
    case 'other':
      return element('p', { class: 'other-widget' }, [
        `Chat shows a widget here that the simulator doesn’t: ${widget.name}`,
      ]);
  }
}

/**
 * @param {Extract<WidgetView, { kind: 'decorated' }>} widget
 * @param {Press} press
 */
function decoratedElement({ icon, top, text, bottom, buttons }, press) {
  return element('div', { class: 'decorated' }, [
    ...(icon === '' ? [] : [element('span', { class: 'icon', 'aria-hidden': 'true' }, [icon])]),
    element('div', {}, [
      ...(top.length === 0 ? [] : [element('small', {}, richNodes(top))]),
      element('div', {}, richNodes(text)),
      ...(bottom.length === 0 ? [] : [element('small', {}, richNodes(bottom))]),
    ]),
    ...buttons.map((button) => buttonElement(button, press)),
  ]);
}

/**
 * @param {readonly ButtonView[]} buttons
 * @param {Press} press
 */
export function buttonsElement(buttons, press) {
  return element(
    'div',
    { class: 'buttons' },
    buttons.map((button) => buttonElement(button, press)),
  );
}

/**
 * @param {ButtonView} button
 * @param {Press} press
 * @returns {HTMLElement}
 */
function buttonElement({ text, look, disabled, does }, press) {
  if (does.kind === 'open' && !disabled) {
    const label = [text, element('span', { class: 'hidden' }, [' (opens a new tab)'])];
    return linkTo(does.url, label, { class: `button ${look}` });
  }
  const button = element('button', { type: 'button', class: look }, [text]);
  button.disabled = disabled || does.kind !== 'act';
  if (does.kind === 'act') {
    button.addEventListener('click', () => {
      button.disabled = true;
      void press({ label: text, nth: does.nth }).finally(() => {
        button.disabled = false;
      });
    });
  }
  return button;
}
