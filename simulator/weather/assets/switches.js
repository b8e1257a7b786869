import { element } from '../../page/assets/dom.js';

/** @import { WeatherView } from '../view.ts' */

/** @typedef {(view: WeatherView) => void} Update brings what is shown up to date */
/** @typedef {{ item: HTMLElement, update: Update }} Switch */

/**
 * What each switch on the page looks like: what it is, what one should see, and the controls.
 *
 * @param {{ id: string, title: string, meaning: string, expect: string }} words
 * @param {readonly (Node | string)[]} controls
 */
export function panel({ id, title, meaning, expect }, controls) {
  return element('li', { class: 'switch', id }, [
    element('h3', { id: `${id}-title` }, [title]),
    element('p', {}, [meaning]),
    element('p', { class: 'expect' }, [element('b', {}, ['You should see: ']), expect]),
    element('div', { class: 'controls' }, controls),
  ]);
}

/**
 * @param {string} label
 * @param {() => void} onPress
 * @param {string} [name] for who can't see where it stands
 */
export function button(label, onPress, name) {
  const made = element('button', { type: 'button', class: 'outlined', 'aria-label': name }, [
    label,
  ]);
  made.addEventListener('click', onPress);
  return made;
}

/**
 * A choice of one among few.
 *
 * @param {string} legend
 * @param {string} name
 * @param {readonly { value: string, label: string }[]} options
 * @param {(value: string) => void} onChoose
 * @returns {{ group: HTMLElement, choose: (value: string) => void }}
 */
export function choice(legend, name, options, onChoose) {
  const inputs = options.map(({ value }) => element('input', { type: 'radio', name, value }));
  const labels = options.map(({ label }, index) =>
    element('label', {}, [inputs[index] ?? '', element('span', {}, [label])]),
  );
  const group = element('fieldset', { class: 'choice' }, [
    element('legend', { class: 'hidden' }, [legend]),
    ...labels,
  ]);
  group.addEventListener('change', () => {
    const chosen = inputs.find(({ checked }) => checked);
    if (chosen !== undefined) onChoose(chosen.value);
  });
  return {
    group,
    choose(value) {
      for (const input of inputs) input.checked = input.value === value;
    },
  };
}
