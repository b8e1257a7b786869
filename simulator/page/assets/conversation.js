/** @import { MessageView, SpaceView, ThreadView } from '../view.ts' */
/** @import { PressedButton } from './card.js' */
import { element, setChildren } from './dom.js';
import { messageElement } from './message.js';

/**
 * @typedef {object} ConversationOptions
 * @property {HTMLElement} root where it is shown
 * @property {(thread: ThreadView) => void} reply somebody wants to reply in a thread
 * @property {(message: string, button: PressedButton) => Promise<void>} press
 * @property {(news: string) => void} announce says something to those who can't see it
 */

/**
 * The messages of the chosen space. What did not change is not drawn again, so that focus and place stay.
 *
 * @param {ConversationOptions} options
 */
export function createConversation({ root, reply, press, announce }) {
  /** @type {Map<string, { json: string, element: HTMLElement }>} */
  let drawn = new Map();
  let shown = '';

  return {
    /**
     * @param {SpaceView | undefined} space
     * @param {string} me
     */
    show(space, me) {
      const place = `${me} ${space?.name}`;
      const isSame = place === shown;
      const wasAtEnd = root.scrollHeight - root.scrollTop - root.clientHeight < 80;
      if (!isSame) drawn = new Map();
      const before = drawn;
      drawn = new Map();
      setChildren(
        root,
        space ? content(space, before) : [empty('There is nothing to see here yet.')],
      );
      if (isSame) announceNews(space, before);
      if (!isSame || wasAtEnd) root.scrollTop = root.scrollHeight;
      else revealOwn(space, before);
      shown = place;
    },
  };

  /**
   * @param {SpaceView} space
   * @param {typeof drawn} before
   */
  function content(space, before) {
    if (space.threads.length === 0) {
      return [empty('Nothing has been written here yet. Say hello.')];
    }
    return space.threads.map((thread) => threadElement(thread, before));
  }

  /**
   * @param {ThreadView} thread
   * @param {typeof drawn} before
   */
  function threadElement(thread, before) {
    const section = keep(before, thread.name, '', () => newThread());
    const [first, ...replies] = thread.messages.map((message) => drawMessage(message, before));
    const again = keep(before, `reply ${thread.name}`, JSON.stringify(thread), () =>
      replyButton(thread),
    );
    const list = section.lastElementChild;
    if (first && list) {
      setChildren(section, [first, list]);
      setChildren(list, [...replies, again]);
    }
    return section;
  }

  /** @param {ThreadView} thread */
  function replyButton(thread) {
    const button = element('button', { type: 'button', class: 'reply' }, ['Reply in thread']);
    button.addEventListener('click', () => reply(thread));
    return button;
  }

  /**
   * @param {MessageView} message
   * @param {typeof drawn} before
   */
  function drawMessage(message, before) {
    return keep(before, message.name, JSON.stringify(message), () =>
      messageElement(message, (button) => press(message.name, button)),
    );
  }

  /**
   * The element that is there already, unless what it shows has changed.
   *
   * @param {typeof drawn} before
   * @param {string} key
   * @param {string} json
   * @param {() => HTMLElement} draw
   */
  function keep(before, key, json, draw) {
    const old = before.get(key);
    const made = old?.json === json ? old.element : draw();
    if (old && old.element !== made && old.element.contains(document.activeElement)) {
      old.element.replaceWith(made);
      made.focus();
    }
    drawn.set(key, { json, element: made });
    return made;
  }

  /**
   * @param {SpaceView | undefined} space
   * @param {typeof drawn} before
   */
  function announceNews(space, before) {
    for (const message of messagesOf(space)) {
      const old = before.get(message.name);
      if (message.sender.isMe || old?.json === JSON.stringify(message)) continue;
      const verb = old === undefined ? '' : ' changed a message';
      announce(`${message.sender.displayName}${verb}: ${message.summary}`);
    }
  }

  /**
   * Whoever has just written wants to see it, wherever it went.
   *
   * @param {SpaceView | undefined} space
   * @param {typeof drawn} before
   */
  function revealOwn(space, before) {
    const own = messagesOf(space).find(({ name, sender }) => sender.isMe && !before.has(name));
    if (own) drawn.get(own.name)?.element.scrollIntoView({ block: 'nearest' });
  }
}

/** @param {SpaceView | undefined} space */
function messagesOf(space) {
  return (space?.threads ?? []).flatMap(({ messages }) => messages);
}

function newThread() {
  return element('section', { class: 'thread', 'aria-label': 'Thread' }, [
    element('div', { class: 'replies' }),
  ]);
}

/** @param {string} text */
function empty(text) {
  return element('p', { class: 'empty' }, [text]);
}
