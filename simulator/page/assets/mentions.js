import { avatar, element } from './dom.js';

/**
 * Completes names after `@`: a list box that the text field steers, which keeps the focus all the time.
 *
 * @param {HTMLTextAreaElement} field
 * @param {HTMLElement} list
 * @param {() => void} changed called when a name was put in
 */
export function createMentions(field, list, changed) {
  /** @type {readonly string[]} */
  let names = [];
  /** @type {readonly string[]} */
  let matching = [];
  let active = 0;

  field.addEventListener('blur', close);

  return {
    /** @param {readonly string[]} possible */
    setNames(possible) {
      names = possible;
    },
    update,
    close,
    handleKey,
  };

  function update() {
    const begun = begunName(field);
    matching = begun === undefined ? [] : names.filter((name) => startsWith(name, begun));
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

  /** @param {string | undefined} name */
  function choose(name) {
    const begun = begunName(field);
    if (name === undefined || begun === undefined) return;
    const end = field.selectionStart;
    field.setRangeText(`${name} `, end - begun.length, end, 'end');
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
   * @param {string} name
   * @param {number} index
   */
  function option(name, index) {
    const made = element(
      'div',
      { id: optionId(index), role: 'option', 'aria-selected': String(index === active) },
      [avatar(name, false), name],
    );
    // Before the field loses the focus.
    made.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      choose(name);
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
