/** @import { Identity } from '../view.ts' */
import { avatar, element } from './dom.js';

/**
 * Completes names after `@`: a list box that the text field steers, which keeps the focus all the time.
 *
 * @param {HTMLTextAreaElement} field
 * @param {HTMLElement} list
 * @param {() => void} changed called when a name was put in
 */
export function createMentions(field, list, changed) {
  /** @type {readonly Identity[]} */
  let everybody = [];
  /** @type {readonly Identity[]} */
  let matching = [];
  let active = 0;

  field.addEventListener('blur', close);

  return {
    /** @param {readonly Identity[]} possible */
    setPossible(possible) {
      everybody = possible;
    },
    update,
    close,
    handleKey,
  };

  function update() {
    const begun = begunName(field);
    matching =
      begun === undefined
        ? []
        : everybody.filter(({ displayName }) => startsWith(displayName, begun));
    active = 0;
    draw();
  }

  function close() {
    matching = [];
    draw();
  }

  /**
   * @param {KeyboardEvent} event
   * @returns {boolean} whether it was meant for the list
   */
  function handleKey(event) {
    if (matching.length === 0) return false;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      active = (active + steps[event.key] + matching.length) % matching.length;
      draw();
    } else if (event.key === 'Enter' || event.key === 'Tab') choose(matching[active]);
    else if (event.key === 'Escape') close();
    else return false;
    event.preventDefault();
    return true;
  }

  /** @param {Identity | undefined} chosen */
  function choose(chosen) {
    const begun = begunName(field);
    if (chosen === undefined || begun === undefined) return;
    const end = field.selectionStart;
    field.setRangeText(`${chosen.displayName} `, end - begun.length, end, 'end');
    close();
    changed();
  }

  function draw() {
    list.hidden = matching.length === 0;
    list.replaceChildren(...matching.map(option));
    if (list.hidden) field.removeAttribute('aria-activedescendant');
    else field.setAttribute('aria-activedescendant', optionId(active));
  }

  /**
   * @param {Identity} identity
   * @param {number} index
   */
  function option(identity, index) {
    const made = element(
      'div',
      { id: optionId(index), role: 'option', 'aria-selected': String(index === active) },
      [avatar(identity.displayName, identity.isApp), identity.displayName],
    );
    // Before the field loses the focus.
    made.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      choose(identity);
    });
    return made;
  }
}

/** @param {number} index */
function optionId(index) {
  return `mention-${index}`;
}

/**
 * What stands between the last `@` and the cursor, if a name can begin there.
 *
 * @param {HTMLTextAreaElement} field
 */
function begunName({ value, selectionStart }) {
  return /(?:^|\s)@([\p{L}\p{N} ]{0,40})$/u.exec(value.slice(0, selectionStart))?.[1];
}

/**
 * @param {string} name
 * @param {string} begun
 */
function startsWith(name, begun) {
  return name.toLowerCase().startsWith(begun.toLowerCase());
}
