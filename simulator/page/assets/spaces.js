/** @import { PageView, SpaceView } from '../view.ts' */
import { arrowKeys } from './arrow-keys.js';
import { avatar, element } from './dom.js';
import { icon } from './icons.js';
import { hashFor } from './place.js';
import { isUnread, markRead } from './read-marks.js';

/**
 * The list of direct messages and spaces.
 *
 * @param {HTMLElement} root
 * @param {{ openDirectMessage: () => void, createSpace: () => void }} deeds
 */
export function createSpaceList(root, { openDirectMessage, createSpace }) {
  arrowKeys(root, 'a, button');

  return {
    /**
     * @param {PageView} view
     * @param {SpaceView | undefined} current the one that is looked at
     */
    show(view, current) {
      const { me, spaces, appName, hasDirectMessage } = view;
      if (current && document.visibilityState === 'visible') markRead(me, current);
      const of = (/** @type {boolean} */ isDirect) =>
        spaces
          .filter((space) => space.isDirect === isDirect)
          .map((space) => spaceLink(me, space, space === current));
      const isApp = view.identities.some(({ name, isApp }) => name === me && isApp);
      const missing = hasDirectMessage
        ? []
        : [actionButton(`Message ${appName}`, avatar(appName, true), openDirectMessage)];
      const adding = isApp ? [] : [actionButton('New space', icon('add'), createSpace)];
      keepingFocus(root, [
        ...group('Direct messages', [...of(true), ...missing]),
        ...group('Spaces', [...of(false), ...adding]),
        ...(spaces.length === 0 && isApp ? [lonely()] : []),
      ]);
    },
  };
}

/**
 * @param {string} me
 * @param {SpaceView} space
 * @param {boolean} isCurrent
 */
function spaceLink(me, space, isCurrent) {
  const isNew = isUnread(me, space);
  return element(
    'a',
    {
      href: hashFor({ as: me, space: space.name }),
      class: isNew ? 'unread' : undefined,
      'aria-current': isCurrent ? 'page' : undefined,
    },
    [
      avatar(space.title, true),
      element('span', { class: 'title' }, [space.title]),
      ...(isNew ? [element('span', { class: 'dot' }, [hidden('new messages')])] : []),
    ],
  );
}

/**
 * @param {string} label
 * @param {Element} picture
 * @param {() => void} act
 */
function actionButton(label, picture, act) {
  const button = element('button', { type: 'button' }, [picture, label]);
  button.addEventListener('click', act);
  return button;
}

/**
 * Draws the list anew. Whatever had the focus has it again.
 *
 * @param {HTMLElement} root
 * @param {readonly HTMLElement[]} children
 */
function keepingFocus(root, children) {
  const all = () => [...root.querySelectorAll('a, button')];
  const sign = (/** @type {Element} */ item) => item.getAttribute('href') ?? item.textContent;
  const focused = all().find((item) => item === document.activeElement);
  root.replaceChildren(...children);
  if (focused === undefined) return;
  const again = all().find((item) => sign(item) === sign(focused));
  if (again instanceof HTMLElement) again.focus();
}

/**
 * @param {string} title
 * @param {readonly HTMLElement[]} items
 * @returns {HTMLElement[]}
 */
function group(title, items) {
  if (items.length === 0) return [];
  const rows = items.map((item) => element('li', {}, [item]));
  return [element('h2', {}, [title]), element('ul', {}, rows)];
}

function lonely() {
  return element('p', { class: 'empty' }, ['Not in any conversation. Somebody has to mention it.']);
}

/** @param {string} text */
function hidden(text) {
  return element('span', { class: 'hidden' }, [text]);
}
