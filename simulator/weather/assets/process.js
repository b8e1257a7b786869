import { element } from '../../page/assets/dom.js';
import { button, panel } from './switches.js';

/** @import { SubscriberStatus } from '../subscriber-control.ts' */
/** @import { Switch } from './switches.js' */

/** @typedef {'kill' | 'stop' | 'start' | 'crash'} Order */

/**
 * What may happen to the subscriber.
 *
 * @param {(order: Order) => void} onOrder
 * @returns {Switch[]}
 */
export function processSwitches(onOrder) {
  const state = element('p', { class: 'state', id: 'subscriber-state' });
  const crash = button('Kill and start again', () => onOrder('crash'));
  const kill = button('Kill', () => onOrder('kill'));
  const stop = button('Stop gently', () => onOrder('stop'));
  const start = button('Start', () => onOrder('start'));
  const item = panel(
    {
      id: 'subscriber',
      title: 'The subscriber ends',
      meaning:
        'Kill it (SIGKILL) in the middle of its work, as a crash would, or stop it gently (SIGTERM), as a deployment does.',
      expect:
        'What is written meanwhile waits in Pub/Sub, and is answered once when it is back. What a killed one had begun stays ' +
        'locked until its lease ends, after 90 seconds at most, and is finished by the next one.',
    },
    [state, crash, kill, stop, start],
  );
  return [
    {
      item,
      update({ subscriber }) {
        const isDown = subscriber === undefined || subscriber.state === 'down';
        for (const act of [crash, kill, stop]) act.disabled = isDown;
        start.disabled = subscriber?.state !== 'down';
        item.classList.toggle('on', subscriber?.state === 'down');
        state.textContent = stateOf(subscriber);
      },
    },
  ];
}

/** @param {SubscriberStatus | undefined} subscriber */
function stateOf(subscriber) {
  if (subscriber === undefined) {
    return 'This page can’t reach the subscriber: the simulator was started without it.';
  }
  const { state, pid, restarts } = subscriber;
  const how = {
    starting: `It is starting (process ${pid})`,
    ready: `It runs (process ${pid})`,
    stopping: 'It is ending',
    down: 'It does not run',
  }[state];
  if (restarts === 0) return `${how}.`;
  return `${how}. It was started again ${restarts === 1 ? 'once' : `${restarts} times`}.`;
}
