/** @import { PageView, SpaceView } from '../view.ts' */
import { avatar, element } from './dom.js';
import { hashFor } from './place.js';

/**
 * The list of direct messages and spaces.
 *
 * @param {HTMLElement} root
 * @param {() => void} openDirectMessage
 */
export function createSpaceList(root, openDirectMessage) {
  /** How many messages have been seen, by who looked and where. @type {Map<string, number>} */
  const seen = new Map();

  return {
    /**
     * @param {PageView} view
     * @param {SpaceView | undefined} current
     */
    show(view, current) {
      const links = view.spaces.map((space) => ({ space, link: spaceLink(view, space, current) }));
      const of = (/** @type {boolean} */ isDirect) =>
        links.filter(({ space }) => space.isDirect === isDirect).map(({ link }) => link);
      const missing = view.hasDirectMessage ? [] : [newDirectMessage(view.appName)];
      root.replaceChildren(
        ...group('Direct messages', [...of(true), ...missing]),
        ...group('Spaces', of(false)),
        ...(view.spaces.length === 0 && missing.length === 0 ? [lonely()] : []),
      );
    },
  };

  /**
   * @param {PageView} view
   * @param {SpaceView} space
   * @param {SpaceView | undefined} current
   */
  function spaceLink({ me }, space, current) {
    const isCurrent = space === current;
    const key = `${me} ${space.name}`;
    const count = space.threads.reduce((total, { messages }) => total + messages.length, 0);
    if (isCurrent || !seen.has(key)) seen.set(key, count);
    const isNew = count > (seen.get(key) ?? 0);
    return element(
      'a',
      {
        href: hashFor({ as: me, space: space.name }),
        class: isNew ? 'unread' : undefined,
        'aria-current': isCurrent ? 'page' : undefined,
      },
      [
        avatar(space.title, true),
        element('span', {}, [space.title]),
        ...(isNew ? [element('span', { class: 'dot' }, [hidden('new messages')])] : []),
      ],
    );
  }

  /** @param {string} appName */
  function newDirectMessage(appName) {
    const button = element('button', { type: 'button' }, [
      avatar(appName, true),
      `Message ${appName}`,
    ]);
    button.addEventListener('click', openDirectMessage);
    return button;
  }
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
