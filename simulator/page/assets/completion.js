/** @import { Suggestion } from './suggestions.js' */
import { element } from './dom.js';

/**
 * Completes what is being written: a list box that the text field steers, which keeps the focus all the time.
 *
 * @param {HTMLTextAreaElement} field
 * @param {HTMLElement} list
 * @param {object} options
 * @param {(before: string) => readonly Suggestion[]} options.suggest what fits what stands before the cursor
 * @param {(chosen: Suggestion) => void} options.chosen called when it was put in
 */
export function createCompletion(field, list, { suggest, chosen }) {
  /** @type {readonly Suggestion[]} */
  let matching = [];
  let active = 0;

  field.addEventListener('blur', close);

  return { update, close, handleKey };

  function update() {
    matching = suggest(field.value.slice(0, field.selectionStart));
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
    } else if (event.key === 'Tab' || (event.key === 'Enter' && !event.shiftKey)) {
      return choose(matching[active], event);
    } else if (event.key === 'Escape') close();
    else return false;
    event.preventDefault();
    return true;
  }

  /**
   * @param {Suggestion | undefined} suggestion
   * @param {Event} event
   * @returns {boolean} false when all of it was written already: then the key means what it always means
   */
  function choose(suggestion, event) {
    const end = field.selectionStart;
    const isThere = suggestion?.text.trimEnd() === suggestion?.begun;
    close();
    if (suggestion === undefined || (isThere && suggestion.kind === 'slash')) return false;
    event.preventDefault();
    field.setRangeText(suggestion.text, end - suggestion.begun.length, end, 'end');
    chosen(suggestion);
    return true;
  }

  function draw() {
    list.hidden = matching.length === 0;
    list.replaceChildren(...matching.map(option));
    if (list.hidden) field.removeAttribute('aria-activedescendant');
    else field.setAttribute('aria-activedescendant', optionId(active));
    list.children.item(active)?.scrollIntoView({ block: 'nearest' });
  }

  /**
   * @param {Suggestion} suggestion
   * @param {number} index
   */
  function option(suggestion, index) {
    const { picture, title, detail } = suggestion;
    const made = element(
      'div',
      { id: optionId(index), role: 'option', 'aria-selected': String(index === active) },
      [
        picture(),
        element('span', {}, [title]),
        ...(detail === '' ? [] : [element('small', {}, [detail])]),
      ],
    );
    // Before the field loses the focus.
    made.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      choose(suggestion, event);
    });
    return made;
  }
}

/** @param {number} index */
function optionId(index) {
  return `suggestion-${index}`;
}
