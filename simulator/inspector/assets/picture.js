/** @import { Lane, Step, Timeline } from '../view.ts' */
import { element, setChildren } from '../../page/assets/dom.js';
import { detailsPanel } from './details.js';
import { clockTime, duration, LANE_NAMES } from './words.js';

const LANES = /** @type {const} */ (['chat', 'pubsub', 'postern', 'accounts', 'api']);

/**
 * The picture: lanes from left to right, and time downwards.
 *
 * @param {HTMLElement} root
 * @param {(text: string) => void} announce
 */
export function createPicture(root, announce) {
  /** @type {Map<number, { drawn: string, items: HTMLElement[] }>} */
  let drawn = new Map();
  let key = '';

  /** @param {Step} step @param {boolean} isFirst */
  const itemsFor = (step, isFirst) => {
    const text = JSON.stringify([step, isFirst]);
    const before = drawn.get(step.n);
    if (before?.drawn === text) return before;
    const isOpen = before?.items.at(-1)?.querySelector('details')?.open ?? false;
    const item = element('li', { class: `step ${step.tone}` }, [
      stepDetails(step, isFirst, isOpen, announce),
    ]);
    return { drawn: text, items: step.waited ? [gap(step), item] : [item] };
  };

  return {
    /** @param {Timeline | null} timeline */
    show(timeline) {
      if (timeline?.key !== key) drawn = new Map();
      key = timeline?.key ?? '';
      const steps = timeline?.steps ?? [];
      drawn = new Map(steps.map((step, index) => [step.n, itemsFor(step, index === 0)]));
      const items = [...drawn.values()].flatMap((shown) => shown.items);
      const isWaiting = timeline?.state.tone === 'waits';
      setChildren(root, isWaiting ? [...items, openGap(timeline.state.text)] : items);
    },
  };
}

/** What goes on still. @param {string} text */
function openGap(text) {
  return element('li', { class: 'gap' }, [element('span', {}, [`${text} …`])]);
}

/** @param {Step} step */
function gap({ sinceMs, waited = '' }) {
  return element('li', { class: 'gap' }, [
    element('span', {}, [`${duration(sinceMs)}: ${waited}`]),
  ]);
}

/**
 * @param {Step} step
 * @param {boolean} isFirst
 * @param {boolean} isOpen
 * @param {(text: string) => void} announce
 */
function stepDetails(step, isFirst, isOpen, announce) {
  const details = element('details', { open: isOpen }, [summary(step, isFirst)]);
  const fill = () => {
    if (details.open && details.childElementCount === 1) {
      details.append(detailsPanel(step.details, announce));
    }
  };
  details.addEventListener('toggle', fill);
  fill();
  return details;
}

/** @param {Step} step @param {boolean} isFirst */
function summary({ from, to, at, sinceMs, title, note }, isFirst) {
  const first = LANES.indexOf(from);
  const last = LANES.indexOf(to);
  const direction = first === last ? 'self' : first < last ? 'right' : 'left';
  return element('summary', {}, [
    element('time', { datetime: new Date(at).toISOString() }, [
      isFirst ? clockTime(at) : `+${duration(sinceMs)}`,
    ]),
    element(
      'span',
      {
        class: 'move',
        'data-left': String(Math.min(first, last) + 1),
        'data-span': String(Math.abs(first - last) + 1),
        'data-direction': direction,
      },
      [
        element('span', { class: 'route' }, [route(from, to)]),
        element('span', { class: 'label' }, [
          element('span', { class: 'title' }, [title]),
          ...(note === '' ? [] : [element('span', { class: 'note' }, [note])]),
        ]),
        ...(direction === 'self'
          ? []
          : [element('span', { class: 'arrow', 'aria-hidden': 'true' })]),
      ],
    ),
  ]);
}

/** @param {Lane} from @param {Lane} to */
function route(from, to) {
  return from === to ? LANE_NAMES[from] : `${LANE_NAMES[from]} → ${LANE_NAMES[to]}`;
}
