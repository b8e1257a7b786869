import { element, setChildren } from '../../page/assets/dom.js';
import { button, panel } from './switches.js';

/** @import { Switch } from './switches.js' */

/**
 * Who takes the app out of a space, and who takes their consent back.
 *
 * @param {{ onApp: (space: string, hasApp: boolean) => void, onRevoke: (person: string) => void }} deeds
 * @returns {Switch[]}
 */
export function peopleSwitches({ onApp, onRevoke }) {
  return [spacesSwitch(onApp), accessSwitch(onRevoke)];
}

/**
 * @param {(space: string, hasApp: boolean) => void} onApp
 * @returns {Switch}
 */
function spacesSwitch(onApp) {
  const list = element('ul', { class: 'rows' });
  const item = panel(
    {
      id: 'spaces',
      title: 'The app is removed from a space',
      meaning: 'Somebody there takes it out, even while it is at work.',
      expect:
        'Nothing more is said there, and requests that waited there are forgotten. A mention in a room brings it back.',
    },
    [list],
  );
  const rows = keepRows(list);
  return {
    item,
    update({ spaces }) {
      item.classList.toggle(
        'on',
        spaces.some(({ hasApp }) => !hasApp),
      );
      rows(
        spaces.map(({ name, title, hasApp }) => ({
          key: `${name} ${hasApp}`,
          title,
          state: hasApp ? 'is in it' : 'is not in it',
          label: hasApp ? 'Remove' : 'Add',
          onPress: () => onApp(name, !hasApp),
        })),
      );
    },
  };
}

/**
 * @param {(person: string) => void} onRevoke
 * @returns {Switch}
 */
function accessSwitch(onRevoke) {
  const list = element('ul', { class: 'rows' });
  const item = panel(
    {
      id: 'access',
      title: 'A person takes the app’s access back',
      meaning: 'As in their Google Account: all of the app’s tokens for them die at once.',
      expect:
        'Nothing is posted in their name. They are asked for a new consent, and what they wrote is posted then.',
    },
    [list],
  );
  const rows = keepRows(list);
  return {
    item,
    update({ people }) {
      rows(
        people.map(({ name, displayName, hasGranted }) => ({
          key: `${name} ${hasGranted}`,
          title: displayName,
          state: hasGranted ? 'has connected' : 'has granted nothing',
          label: 'Revoke',
          onPress: hasGranted ? () => onRevoke(name) : undefined,
        })),
      );
    },
  };
}

/** @typedef {{ key: string, title: string, state: string, label: string, onPress: (() => void) | undefined }} Row */

/**
 * Shows rows, and leaves those alone that stay as they are.
 *
 * @param {HTMLElement} list
 * @returns {(rows: readonly Row[]) => void}
 */
function keepRows(list) {
  /** @type {Map<string, HTMLElement>} */
  let shown = new Map();
  return (rows) => {
    const focused = [...list.children].findIndex((child) => child.contains(document.activeElement));
    shown = new Map(
      rows.map((row) => [row.key + row.title, shown.get(row.key + row.title) ?? rowOf(row)]),
    );
    setChildren(list, [...shown.values()]);
    // Whoever pressed a button by the keyboard goes on from there.
    if (focused >= 0) list.children.item(focused)?.querySelector('button')?.focus();
  };
}

/** @param {Row} row */
function rowOf({ title, state, label, onPress }) {
  const act = button(label, onPress ?? (() => {}), `${label}: ${title}`);
  act.disabled = onPress === undefined;
  return element('li', {}, [
    element('span', {}, [title]),
    element('span', { class: 'state' }, [state]),
    act,
  ]);
}
