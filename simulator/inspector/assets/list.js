/** @import { Row } from '../view.ts' */
/** @import { Place } from './place.js' */
import { element, setChildren } from '../../page/assets/dom.js';
import { hashWith } from './place.js';
import { clockTime, duration } from './words.js';

/**
 * The list of what happened, newest first.
 *
 * @param {HTMLElement} root
 * @param {HTMLElement} none what is said when there is nothing to show
 */
export function createList(root, none) {
  /** @type {Map<string, { drawn: string, item: HTMLElement }>} */
  const items = new Map();

  /** @param {Row} row @param {boolean} isChosen */
  const itemFor = (row, isChosen) => {
    const drawn = JSON.stringify([row, isChosen]);
    const before = items.get(row.key);
    if (before?.drawn === drawn) return before.item;
    const item = before?.item ?? element('li');
    fill(item, row, isChosen);
    items.set(row.key, { drawn, item });
    return item;
  };

  return {
    /**
     * @param {readonly Row[]} rows
     * @param {Place} place
     * @param {string} chosen
     */
    show(rows, place, chosen) {
      const shown = rows.filter((row) => fits(row, place));
      setChildren(
        root,
        shown.map((row) => itemFor(row, row.key === chosen)),
      );
      none.hidden = shown.length > 0;
      none.textContent = rows.length === 0 ? 'Nothing yet.' : 'Nothing that fits the filter.';
    },
  };
}

/** Keeps the link, and the focus that may be on it. @param {HTMLElement} item @param {Row} row @param {boolean} isChosen */
function fill(item, row, isChosen) {
  const there = item.querySelector('a');
  const link = there ?? element('a');
  link.href = hashWith({ of: row.key });
  if (isChosen) link.setAttribute('aria-current', 'true');
  else link.removeAttribute('aria-current');
  link.replaceChildren(
    element('span', { class: 'line' }, [
      element('span', { class: 'title' }, [row.title]),
      element('time', { datetime: new Date(row.at).toISOString() }, [clockTime(row.at)]),
    ]),
    ...(row.text === '' ? [] : [element('span', { class: 'said' }, [row.text])]),
    element('span', { class: 'line' }, [
      element('span', { class: `state ${row.state.tone}` }, [row.state.text]),
      ...(row.tookMs === undefined ? [] : [element('span', {}, [duration(row.tookMs)])]),
    ]),
  );
  if (there === null) item.append(link);
}

/** @param {Row} row @param {Place} place */
function fits({ title, text, person, kind, state, words, hasTrouble }, place) {
  const all = `${title} ${text} ${state.text} ${words}`.toLowerCase();
  return (
    all.includes(place.text.toLowerCase()) &&
    (place.person === '' || place.person === person) &&
    (place.kind === '' || place.kind.split(' ').includes(kind)) &&
    (!place.trouble || hasTrouble)
  );
}
