/** @import { MessageView } from '../view.ts' */
/** @import { Press } from './card.js' */
import { buttonsElement, cardElement } from './card.js';
import { avatar, element } from './dom.js';
import { richNodes } from './rich-text.js';

/**
 * @param {MessageView} message
 * @param {Press} press
 */
export function messageElement(message, press) {
  const { sender, isPrivate, body, cards, buttons } = message;
  return element('article', { class: isPrivate ? 'message private' : 'message', tabindex: '-1' }, [
    avatar(sender.displayName, sender.isApp),
    element('div', { class: 'content' }, [
      byline(message),
      ...(isPrivate ? [element('p', { class: 'only-you' }, ['Only visible to you'])] : []),
      ...(body.length === 0 ? [] : [element('div', { class: 'body' }, richNodes(body))]),
      ...cards.map((card) => cardElement(card, press)),
      ...(buttons.length === 0 ? [] : [buttonsElement(buttons, press)]),
    ]),
  ]);
}

/** @param {MessageView} message */
function byline({ sender, via, createTime, isEdited }) {
  const time = new Date(createTime);
  const clock = time.toLocaleTimeString(undefined, { hour: 'numeric', minute: '2-digit' });
  return element('p', { class: 'byline' }, [
    element('strong', {}, [sender.displayName]),
    ...(sender.isApp ? [element('span', { class: 'badge' }, ['App'])] : []),
    ...(via === '' ? [] : [element('span', { class: 'via' }, [`via ${via}`])]),
    element('time', { datetime: createTime, title: time.toLocaleString() }, [clock]),
    ...(isEdited ? [element('span', { class: 'edited' }, ['Edited'])] : []),
  ]);
}
