/** @import { SpaceView } from '../view.ts' */

/*
 * How far somebody has read somewhere. It outlives the browser’s tab, as people expect of Chat.
 */

/**
 * @param {string} me
 * @param {SpaceView} space
 */
export function isUnread(me, space) {
  return latestOf(space) > (localStorage.getItem(keyFor(me, space)) ?? '');
}

/**
 * @param {string} me
 * @param {SpaceView} space
 */
export function markRead(me, space) {
  if (isUnread(me, space)) localStorage.setItem(keyFor(me, space), latestOf(space));
}

/**
 * When somebody else last wrote. Chat's times are equally long: they sort as text.
 *
 * @param {SpaceView} space
 */
function latestOf({ threads }) {
  return threads
    .flatMap(({ messages }) => messages)
    .filter(({ sender }) => !sender.isMe)
    .reduce((latest, { createTime }) => (createTime > latest ? createTime : latest), '');
}

/**
 * @param {string} me
 * @param {SpaceView} space
 */
function keyFor(me, { name }) {
  return `read ${me} ${name}`;
}
