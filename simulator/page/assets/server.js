/** @import { PageView } from '../view.ts' */

/**
 * @typedef {'say' | 'press' | 'run-quick-command' | 'add-app' | 'remove-app' | 'open-direct-message' | 'create-space'
 *   | 'add-person' | 'remove-person'} Deed
 */

/**
 * Does something on the server, as somebody.
 *
 * @param {Deed} deed
 * @param {object} input
 * @returns {Promise<{ space?: string, notice?: string }>} the space that was opened; what Chat tells the person
 * @throws {Error} when it could not be done, with a message for the person
 */
export async function post(deed, input) {
  const response = await fetch(`/page/${deed}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(input),
  }).catch(() => undefined);
  if (response === undefined) throw new Error('The simulator does not answer.');
  const answer = /** @type {{ error?: string, space?: string, notice?: string }} */ (
    await response.json().catch(() => ({}))
  );
  if (response.ok) return answer;
  throw new Error(answer.error ?? `The simulator answered ${response.status}.`);
}

/**
 * Calls back with what somebody sees, now and after every change. While nobody looks at the page it rests: a browser has only
 * six connections to a server, and every page that listens takes one.
 *
 * @param {string} as
 * @param {(view: PageView) => void} onView
 * @param {() => void} onLost the connection is gone; the browser tries again by itself
 * @returns {() => void} stops it
 */
export function watch(as, onView, onLost) {
  /** @type {EventSource | undefined} */
  let source;
  const follow = () => {
    source?.close();
    source = document.visibilityState === 'visible' ? listen(as, onView, onLost) : undefined;
  };
  document.addEventListener('visibilitychange', follow);
  follow();
  return () => {
    document.removeEventListener('visibilitychange', follow);
    source?.close();
  };
}

/**
 * @param {string} as
 * @param {(view: PageView) => void} onView
 * @param {() => void} onLost
 */
function listen(as, onView, onLost) {
  const source = new EventSource(`/page/stream?as=${encodeURIComponent(as)}`);
  source.addEventListener('message', (/** @type {MessageEvent<string>} */ { data }) => {
    onView(/** @type {PageView} */ (JSON.parse(data)));
  });
  source.addEventListener('error', onLost);
  return source;
}
