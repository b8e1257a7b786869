/** @import { MessageView } from '../message-view.ts' */
/** @import { Press } from './button.js' */
import { buttonsElement } from './button.js';
import { cardElement } from './card.js';
import { avatar, element } from './dom.js';
import { icon } from './icons.js';
import { richNodes } from './rich-text.js';

/**
 * @typedef {object} MessageOptions
 * @property {Press} press
 * @property {boolean} isJoined it stands under another one of the same author: who it is needs no saying again
 * @property {(() => void) | undefined} reply somebody wants to reply to it
 */

/**
 * @param {MessageView} message
 * @param {MessageOptions} options
 */
export function messageElement(message, { press, isJoined, reply }) {
  const { sender, isPrivate, isDeleted, body, cards, buttons } = message;
  const looks = ['message', isPrivate && 'private', isJoined && 'joined', isDeleted && 'deleted'];
  return element('article', { class: looks.filter(Boolean).join(' '), tabindex: '-1' }, [
    isJoined ? timeElement(message) : avatar(sender.displayName, sender.isApp),
    element('div', { class: 'content' }, [
      byline(message, isJoined),
      ...(isPrivate ? [note('visibility_off', 'Only visible to you')] : []),
      ...(isDeleted ? [note('delete', message.summary)] : []),
      ...(body.length === 0 ? [] : [element('div', { class: 'body' }, richNodes(body))]),
      ...cards.map((card) => cardElement(card, press)),
      ...(buttons.length === 0 ? [] : [buttonsElement(buttons, press)]),
    ]),
    ...(reply ? [replyButton(reply)] : []),
  ]);
}

/**
 * @param {MessageView} message
 * @param {boolean} isJoined
 */
function byline(message, isJoined) {
  const { sender, via, isEdited } = message;
  return element('p', { class: isJoined && !isEdited ? 'byline hidden' : 'byline' }, [
    element('strong', { class: isJoined ? 'hidden' : undefined }, [sender.displayName]),
    ...(sender.isApp ? [element('span', { class: 'badge' }, ['App'])] : []),
    ...(via === '' ? [] : [viaBadge(via, sender.displayName)]),
    ...(isJoined ? [] : [timeElement(message)]),
    ...(isEdited ? [element('span', { class: 'edited' }, ['Edited'])] : []),
  ]);
}

/**
 * @param {string} via
 * @param {string} displayName
 */
function viaBadge(via, displayName) {
  return element('span', { class: 'via', title: `${via} posted this for ${displayName}` }, [
    `via ${via}`,
  ]);
}

/** @param {MessageView} message */
function timeElement({ createTime }) {
  const time = new Date(createTime);
  const clock = time.toLocaleTimeString(undefined, { hour: 'numeric', minute: '2-digit' });
  return element('time', { datetime: createTime, title: time.toLocaleString() }, [clock]);
}

/**
 * @param {string} name
 * @param {string} text
 */
function note(name, text) {
  return element('p', { class: 'note' }, [icon(name), text]);
}

/** @param {() => void} reply */
function replyButton(reply) {
  const label = { 'aria-label': 'Reply in thread', title: 'Reply in thread' };
  const button = element('button', { type: 'button', class: 'tool', ...label }, [icon('reply')]);
  button.addEventListener('click', reply);
  return button;
}
