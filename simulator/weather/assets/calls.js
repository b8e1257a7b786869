import { element } from '../../page/assets/dom.js';
import { CONDITIONS } from './conditions.js';
import { panel } from './switches.js';

/** @import { Condition, Duration } from '../skies.ts' */
/** @import { Switch } from './switches.js' */

const DURATIONS = [
  { value: 'lasting', label: 'until switched off' },
  { value: '1', label: 'the next call' },
  { value: '3', label: 'the next 3 calls' },
  { value: '10', label: 'the next 10 calls' },
];

/**
 * What can go wrong call by call: each on or off, or for so many calls.
 *
 * @param {(condition: Condition, duration: Duration | null) => void} onSet
 * @returns {Switch[]}
 */
export function callSwitches(onSet) {
  return CONDITIONS.map((words) => callSwitch(words, onSet));
}

/**
 * @param {(typeof CONDITIONS)[number]} words
 * @param {(condition: Condition, duration: Duration | null) => void} onSet
 * @returns {Switch}
 */
function callSwitch({ condition, ...words }, onSet) {
  const state = element('span', { class: 'state' });
  const toggle = element(
    'button',
    {
      type: 'button',
      class: 'toggle',
      role: 'switch',
      'aria-checked': 'false',
      'aria-labelledby': `${condition}-title`,
      'aria-describedby': `${condition}-state`,
    },
    [element('span', { class: 'knob' })],
  );
  const duration = element(
    'select',
    { 'aria-label': `How long: ${words.title}` },
    DURATIONS.map(({ value, label }) => element('option', { value }, [label])),
  );
  state.id = `${condition}-state`;
  const item = panel({ id: condition, ...words }, [toggle, state, duration]);

  const isOn = () => toggle.getAttribute('aria-checked') === 'true';
  const chosen = () => (duration.value === 'lasting' ? 'lasting' : Number(duration.value));
  toggle.addEventListener('click', () => onSet(condition, isOn() ? null : chosen()));
  duration.addEventListener('change', () => {
    if (isOn()) onSet(condition, chosen());
  });

  return {
    item,
    update({ conditions }) {
      const left = conditions[condition];
      toggle.setAttribute('aria-checked', String(left !== undefined));
      item.classList.toggle('on', left !== undefined);
      state.textContent = stateOf(left);
    },
  };
}

/** @param {Duration | undefined} left */
export function stateOf(left) {
  if (left === undefined) return 'Off';
  if (left === 'lasting') return 'On';
  return left === 1 ? 'On: one more call' : `On: ${left} more calls`;
}
