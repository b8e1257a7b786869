/** @import { Identity, PageView, SpaceView } from '../view.ts' */
import { createDialog } from './dialog.js';
import { avatar, byId, element } from './dom.js';

/** @typedef {'add-person' | 'remove-person' | 'add-app' | 'remove-app'} Change */

/**
 * The dialog that tells who is in a space, and lets people be added and removed.
 *
 * @param {(deed: Change, person?: string) => void} change
 */
export function createPeople(change) {
  const dialog = createDialog('people');
  const list = byId('people-list', HTMLElement);

  return {
    open: () => dialog.showModal(),

    /**
     * @param {PageView} view
     * @param {SpaceView | undefined} space
     */
    show(view, space) {
      if (space === undefined || space.isDirect) {
        dialog.close();
        return;
      }
      const { me, identities, appName } = view;
      const isApp = identities.some(({ name, isApp }) => name === me && isApp);
      byId('people-title', HTMLElement).textContent = `People in ${space.title}`;
      const hadFocus = list.contains(document.activeElement);
      const rows = [
        ...space.members.map((member) =>
          row(member, isApp ? undefined : leaving(member, me, appName)),
        ),
        ...(isApp ? [] : [...space.absent.map((person) => row(person, joining(person)))]),
        ...(isApp || space.hasApp ? [] : [row(appOf(view), appJoining(appName))]),
      ];
      list.replaceChildren(...rows);
      // Whoever has just pressed a button that has gone isn’t thrown out of the dialog.
      const close = dialog.querySelector('.close');
      if (hadFocus && close instanceof HTMLElement) close.focus();
    },
  };

  /**
   * @param {Identity} member
   * @param {string} me
   * @param {string} appName
   */
  function leaving({ name, displayName, isApp }, me, appName) {
    if (!isApp) {
      const text = name === me ? 'Leave' : 'Remove';
      return action(text, displayName, () => change('remove-person', name));
    }
    const isUnderTest = displayName === appName;
    return isUnderTest ? action('Remove', displayName, () => change('remove-app')) : undefined;
  }

  /** @param {Identity} person */
  function joining({ name, displayName }) {
    return action('Add', displayName, () => change('add-person', name));
  }

  /** @param {string} appName */
  function appJoining(appName) {
    return action('Add', appName, () => change('add-app'));
  }
}

/**
 * @param {PageView} view
 * @returns {Identity}
 */
function appOf({ appName }) {
  return { name: '', displayName: appName, isApp: true };
}

/**
 * @param {Identity} identity
 * @param {HTMLElement | undefined} button
 */
function row({ displayName, isApp }, button) {
  return element('li', {}, [
    avatar(displayName, isApp),
    element('span', { class: 'title' }, [displayName]),
    ...(isApp ? [element('span', { class: 'badge' }, ['App'])] : []),
    ...(button ? [button] : []),
  ]);
}

/**
 * @param {string} text
 * @param {string} whom
 * @param {() => void} act
 */
function action(text, whom, act) {
  const look = text === 'Add' ? 'tonal' : 'borderless';
  const button = element(
    'button',
    { type: 'button', class: look, 'aria-label': `${text} ${whom}` },
    [text],
  );
  button.addEventListener('click', act);
  return button;
}
