import { element } from '../../page/assets/dom.js';
import { button, choice, panel } from './switches.js';

/** @import { Switch } from './switches.js' */

/**
 * How often Chat publishes an event, and what becomes of the streams by which the app gets them.
 *
 * @param {{ onCopies: (copies: number) => void, onEndStreams: () => void }} deeds
 * @returns {Switch[]}
 */
export function eventSwitches({ onCopies, onEndStreams }) {
  return [copiesSwitch(onCopies), streamsSwitch(onEndStreams)];
}

/**
 * @param {(copies: number) => void} onCopies
 * @returns {Switch}
 */
function copiesSwitch(onCopies) {
  const options = [
    { value: '1', label: 'Once' },
    { value: '2', label: 'Twice' },
    { value: '20', label: '20 times' },
  ];
  const { group, choose } = choice('How often each event comes', 'copies', options, (value) =>
    onCopies(Number(value)),
  );
  const item = panel(
    {
      id: 'copies',
      title: 'Events come more than once',
      meaning: 'Pub/Sub promises each event at least once. Here each comes again and again.',
      expect: 'More deliveries than events, and one answer each.',
    },
    [group],
  );
  return {
    item,
    update({ copies }) {
      choose(String(copies));
      item.classList.toggle('on', copies > 1);
    },
  };
}

/**
 * @param {() => void} onEndStreams
 * @returns {Switch}
 */
function streamsSwitch(onEndStreams) {
  const state = element('span', { class: 'state' });
  const item = panel(
    {
      id: 'streams',
      title: 'The streams end',
      meaning: 'Pub/Sub ends the streams by which the app pulls, as Google does now and then.',
      expect: 'The app opens new ones by itself. What came meanwhile is answered then.',
    },
    [button('End the streams now', onEndStreams), state],
  );
  return {
    item,
    update({ streams }) {
      state.textContent = streams === 1 ? '1 stream is open' : `${streams} streams are open`;
    },
  };
}
