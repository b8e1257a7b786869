/** @import { CommandView, Identity } from '../view.ts' */
import { avatar } from './dom.js';
import { icon } from './icons.js';

/**
 * Something that may be meant by what is being written.
 *
 * @typedef {object} Suggestion
 * @property {'mention' | 'slash' | 'quick'} kind
 * @property {number} id of a command
 * @property {string} title
 * @property {string} detail
 * @property {() => Element} picture
 * @property {string} begun what is written of it already
 * @property {string} text what takes the place of that
 */

/**
 * Names after `@`.
 *
 * @param {string} before what stands before the cursor
 * @param {readonly Identity[]} possible
 * @returns {Suggestion[]}
 */
export function suggestMentions(before, possible) {
  const begun = /(?:^|\s)@([\p{L}\p{N} ]{0,40})$/u.exec(before)?.[1];
  if (begun === undefined) return [];
  return possible
    .filter(({ displayName }) => startsWith(displayName, begun))
    .map(({ displayName, isApp }) => ({
      kind: 'mention',
      id: 0,
      title: displayName,
      detail: isApp ? 'App' : '',
      picture: () => avatar(displayName, isApp),
      begun,
      text: `${displayName} `,
    }));
}

/**
 * Commands after `/`, at the very beginning.
 *
 * @param {string} before what stands before the cursor
 * @param {readonly CommandView[]} possible
 * @param {string} appName
 * @returns {Suggestion[]}
 */
export function suggestCommands(before, possible, appName) {
  const begun = /^\/([^\s/]{0,40})$/u.exec(before)?.[1];
  if (begun === undefined) return [];
  return possible
    .filter(({ name }) => startsWith(name, begun))
    .map(({ kind, id, name, description }) => ({
      kind,
      id,
      title: kind === 'slash' ? `/${name}` : name,
      detail: description,
      picture: () => (kind === 'slash' ? avatar(appName, true) : icon('bolt')),
      begun: `/${begun}`,
      text: kind === 'slash' ? `/${name} ` : '',
    }));
}

/**
 * @param {string} name
 * @param {string} begun
 */
function startsWith(name, begun) {
  return name.toLowerCase().startsWith(begun.toLowerCase());
}
