import { element, setChildren } from '../../page/assets/dom.js';
import { stateOf } from './calls.js';
import { CONDITIONS } from './conditions.js';

/** @import { Tally } from '../tally.ts' */
/** @import { WeatherView } from '../view.ts' */

/** @type {readonly { of: keyof Tally, label: string, isTrouble?: boolean }[]} */
const COUNTS = [
  { of: 'published', label: 'Events published' },
  { of: 'delivered', label: 'Deliveries' },
  { of: 'answered', label: 'Answered' },
  { of: 'waiting', label: 'Waiting for a consent' },
  { of: 'underWay', label: 'Under way' },
  { of: 'posts', label: 'Posts in people’s names' },
  { of: 'doubled', label: 'Doubled', isTrouble: true },
  { of: 'lost', label: 'Lost', isTrouble: true },
];

/**
 * @param {HTMLElement} list a `dl`
 * @returns {(tally: Tally) => void}
 */
export function showCounts(list) {
  const counts = COUNTS.map(({ of, label, isTrouble = false }) => {
    const value = element('dd', {}, ['0']);
    return { of, isTrouble, value, pair: element('div', {}, [element('dt', {}, [label]), value]) };
  });
  setChildren(
    list,
    counts.map(({ pair }) => pair),
  );
  return (tally) => {
    for (const { of, isTrouble, value, pair } of counts) {
      value.textContent = String(tally[of]);
      pair.classList.toggle('fine', isTrouble && tally[of] === 0);
      pair.classList.toggle('bad', isTrouble && tally[of] > 0);
    }
  };
}

/**
 * The weather in one line.
 *
 * @param {WeatherView} view
 */
export function headline(view) {
  return troublesOf(view).length === 0 ? 'Clear skies' : 'Bad weather';
}

/**
 * What is wrong now.
 *
 * @param {WeatherView} view
 */
export function troublesOf({ conditions, copies, spaces, subscriber }) {
  const calls = CONDITIONS.flatMap(({ condition, title }) => {
    const left = conditions[condition];
    if (left === undefined) return [];
    return left === 'lasting' ? [title] : [`${title} (${stateOf(left).replace('On: ', '')})`];
  });
  return [
    ...calls,
    ...(copies > 1 ? [copies === 2 ? 'Events come twice' : `Events come ${copies} times`] : []),
    ...spaces.filter(({ hasApp }) => !hasApp).map(({ title }) => `The app is not in “${title}”`),
    ...(subscriber?.state === 'down' ? ['The subscriber does not run'] : []),
  ];
}

/**
 * What the numbers mean.
 *
 * @param {Tally} tally
 */
export function verdictOf({ published, doubled, lost, underWay }) {
  if (doubled > 0 || lost > 0) {
    return 'Something was doubled or lost. That must never happen: please report it, with the log.';
  }
  if (published === 0)
    return 'Counted since the simulator was started, from what Chat and Pub/Sub have seen.';
  return underWay > 0
    ? 'Nothing is doubled. What is under way waits in Pub/Sub, or is being worked on.'
    : 'Nothing is lost, and nothing is doubled.';
}
