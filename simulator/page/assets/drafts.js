/**
 * What somebody was writing somewhere, so that nothing is lost by a look elsewhere or a reload. Gone with the browser's tab.
 *
 * @typedef {object} Draft
 * @property {string} text
 * @property {string} [thread] that it is a reply in
 */

/**
 * @param {string} me
 * @param {string} space
 * @returns {Draft}
 */
export function loadDraft(me, space) {
  const saved = sessionStorage.getItem(keyFor(me, space));
  return saved === null ? { text: '' } : /** @type {Draft} */ (JSON.parse(saved));
}

/**
 * @param {string} me
 * @param {string} space
 * @param {Draft} draft
 */
export function saveDraft(me, space, draft) {
  const isNothing = draft.text === '' && draft.thread === undefined;
  if (isNothing) sessionStorage.removeItem(keyFor(me, space));
  else sessionStorage.setItem(keyFor(me, space), JSON.stringify(draft));
}

/**
 * @param {string} me
 * @param {string} space
 */
function keyFor(me, space) {
  return `draft ${me} ${space}`;
}
