/** @import { MessageView } from '../message-view.ts' */
/** @import { ThreadView } from '../thread-view.ts' */
/** @import { SpaceView } from '../view.ts' */
/** @import { PressedButton } from './button.js' */
import { arrowKeys } from './arrow-keys.js';
import { dayName } from './days.js';
import { element, setChildren } from './dom.js';
import { createDrawer } from './drawer.js';
import { messageElement } from './message.js';

/**
 * @typedef {object} ConversationOptions
 * @property {HTMLElement} root where it is shown
 * @property {(thread: ThreadView) => void} reply somebody wants to reply in a thread
 * @property {(message: string, button: PressedButton) => Promise<void>} press
 * @property {(news: string) => void} announce says something to those who can't see it
 */

/** Nearer to the end than this, in pixels, one follows what comes. */
const NEAR_END = 80;

/**
 * The messages of the chosen space.
 *
 * @param {ConversationOptions} options
 */
export function createConversation({ root, reply, press, announce }) {
  const drawer = createDrawer();
  let shown = '';
  root.tabIndex = 0;
  arrowKeys(root, 'article');

  return {
    /**
     * @param {SpaceView | undefined} space
     * @param {string} me
     */
    show(space, me) {
      const place = `${me} ${space?.name}`;
      const isSame = place === shown;
      const wasAtEnd = root.scrollHeight - root.scrollTop - root.clientHeight < NEAR_END;
      if (isSame) drawer.begin();
      else drawer.beginAnew();
      setChildren(root, space ? content(space) : [empty('There is nothing to see here yet.')]);
      if (isSame) announceNews(space);
      if (!isSame || wasAtEnd) root.scrollTop = root.scrollHeight;
      else revealOwn(space);
      shown = place;
    },
  };

  /** @param {SpaceView} space */
  function content({ threads }) {
    if (threads.length === 0) return [empty('Nothing has been written here yet. Say hello.')];
    const now = new Date();
    let last = '';
    return threads.flatMap((thread) => {
      const day = dayName(thread.messages[0]?.createTime ?? '', now);
      const isNewDay = day !== last;
      last = day;
      const drawn = threadElement(thread, isNewDay);
      return isNewDay ? [drawer.draw(`day ${day}`, '', () => dayElement(day)), drawn] : [drawn];
    });
  }

  /**
   * @param {ThreadView} thread
   * @param {boolean} isNewDay
   */
  function threadElement(thread, isNewDay) {
    const [first, ...replies] = thread.messages;
    const group = drawer.draw(thread.name, '', newThread);
    const list = group.lastElementChild;
    if (first === undefined || list === null) return group;
    const hasReplies = replies.length > 0;
    const again = drawer.draw(`reply ${thread.name}`, '', () => replyButton(thread));
    setChildren(group, [
      drawMessage(first, isNewDay, hasReplies ? undefined : () => reply(thread)),
      list,
    ]);
    setChildren(list, [
      ...replies.map((message) => drawMessage(message, false)),
      ...(hasReplies ? [again] : []),
    ]);
    return group;
  }

  /** @param {ThreadView} thread */
  function replyButton(thread) {
    const button = element('button', { type: 'button', class: 'reply' }, ['Reply in thread']);
    button.addEventListener('click', () => reply(thread));
    return button;
  }

  /**
   * @param {MessageView} message
   * @param {boolean} isNewDay
   * @param {() => void} [replyTo]
   */
  function drawMessage(message, isNewDay, replyTo) {
    const isJoined = message.continues && !isNewDay;
    const state = JSON.stringify([message, isJoined, replyTo !== undefined]);
    const draw = () =>
      messageElement(message, {
        press: (button) => press(message.name, button),
        isJoined,
        reply: replyTo,
      });
    return drawer.draw(message.name, state, draw, JSON.stringify({ ...message, continues: false }));
  }

  /** @param {SpaceView | undefined} space */
  function announceNews(space) {
    for (const message of messagesOf(space)) {
      const change = drawer.changeOf(message.name);
      if (message.sender.isMe || change === 'none') continue;
      const verb = change === 'new' ? '' : ' changed a message';
      announce(`${message.sender.displayName}${verb}: ${message.summary}`);
    }
  }

  /**
   * Whoever has just written wants to see it, wherever it went.
   *
   * @param {SpaceView | undefined} space
   */
  function revealOwn(space) {
    const own = messagesOf(space).find(
      ({ name, sender }) => sender.isMe && drawer.changeOf(name) === 'new',
    );
    if (own) drawer.elementOf(own.name)?.scrollIntoView({ block: 'nearest' });
  }
}

/** @param {SpaceView | undefined} space */
function messagesOf(space) {
  return (space?.threads ?? []).flatMap(({ messages }) => messages);
}

function newThread() {
  return element('div', { class: 'thread', role: 'group', 'aria-label': 'Thread' }, [
    element('div', { class: 'replies' }),
  ]);
}

/** @param {string} name */
function dayElement(name) {
  return element('h3', { class: 'day' }, [element('span', {}, [name])]);
}

/** @param {string} text */
function empty(text) {
  return element('p', { class: 'empty' }, [text]);
}
