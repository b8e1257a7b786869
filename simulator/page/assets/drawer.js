/** @typedef {{ element: HTMLElement, state: string, content: string }} Drawn */

/** Draws anew only what has changed, so that focus and place stay. */
export function createDrawer() {
  /** @type {ReadonlyMap<string, Drawn>} */
  let before = new Map();
  /** @type {Map<string, Drawn>} */
  let drawn = new Map();

  return {
    /** To be called before everything is drawn again. */
    begin() {
      before = drawn;
      drawn = new Map();
    },

    /** The same, when it is something else altogether. */
    beginAnew() {
      before = new Map();
      drawn = new Map();
    },

    /**
     * The element that is there already, unless what it shows has changed.
     *
     * @param {string} key
     * @param {string} state
     * @param {() => HTMLElement} draw
     * @param {string} [content] what of the state is worth telling
     */
    draw(key, state, draw, content = state) {
      const old = before.get(key);
      const made = old?.state === state ? old.element : draw();
      if (old && old.element !== made && old.element.contains(document.activeElement)) {
        old.element.replaceWith(made);
        made.focus();
      }
      drawn.set(key, { element: made, state, content });
      return made;
    },

    /** @param {string} key */
    elementOf: (key) => drawn.get(key)?.element,

    /**
     * @param {string} key
     * @returns {'new' | 'changed' | 'none'} since the time before
     */
    changeOf(key) {
      const old = before.get(key);
      if (old === undefined) return 'new';
      return old.content === drawn.get(key)?.content ? 'none' : 'changed';
    },
  };
}
