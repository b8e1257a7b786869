/** @import { ButtonView } from '../button-view.ts' */
import { element } from './dom.js';
import { linkTo } from './rich-text.js';

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
export function buttonElement({ text, look, disabled, does }, press) {
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
