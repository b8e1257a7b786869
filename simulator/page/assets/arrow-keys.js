/**
 * Moves the focus in a list by the arrow keys, Home and End.
 *
 * @param {HTMLElement} root
 * @param {string} selector of what can be moved to, in it
 */
export function arrowKeys(root, selector) {
  root.addEventListener('keydown', (event) => {
    if (isTyping(event.target)) return;
    const items = [...root.querySelectorAll(selector)].filter(
      (item) => item instanceof HTMLElement,
    );
    const at = items.findIndex((item) => item.contains(document.activeElement));
    const to = target(event.key, at, items.length);
    const item = to === undefined ? undefined : items[to];
    if (item === undefined) return;
    event.preventDefault();
    item.focus();
  });
}

/**
 * @param {string} key
 * @param {number} at -1 when none of them has the focus
 * @param {number} count
 */
function target(key, at, count) {
  switch (key) {
    case 'ArrowDown':
      return at === -1 ? 0 : Math.min(at + 1, count - 1);
    case 'ArrowUp':
      return at === -1 ? count - 1 : Math.max(at - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
}
