/**
 * An element with attributes and children. Strings become text, never markup.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Readonly<Record<string, string | boolean | undefined>>} [attributes] `true` for one without a value, `false` for none
 * @param {readonly (Node | string)[]} [children]
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, children = []) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children);
  return made;
}

/**
 * The element of the page with this id.
 *
 * @template {HTMLElement} Kind
 * @param {string} id
 * @param {new () => Kind} kind
 * @returns {Kind}
 */
export function byId(id, kind) {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`The page has no ${kind.name} called ${id}.`);
}

/**
 * Makes these the children of an element, in this order. Those that are there already are not touched: they keep the focus.
 *
 * @param {Element} parent
 * @param {readonly Element[]} children
 */
export function setChildren(parent, children) {
  for (const old of [...parent.children]) {
    if (!children.includes(old)) old.remove();
  }
  for (const [index, child] of children.entries()) {
    const there = parent.children.item(index);
    if (there !== child) parent.insertBefore(child, there);
  }
}

/**
 * A person's or an app's initial on a colour of their own.
 *
 * @param {string} displayName
 * @param {boolean} isApp
 */
export function avatar(displayName, isApp) {
  const hash = [...displayName].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 997, 0);
  const look = `avatar tint-${hash % 6} ${isApp ? 'of-app' : 'of-person'}`;
  return element('span', { class: look, 'aria-hidden': 'true' }, [displayName.slice(0, 1)]);
}
