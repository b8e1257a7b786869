/** @import { PageView } from '../view.ts' */

/**
 * Does something on the server, as somebody.
 *
 * @param {'say' | 'press' | 'add-app' | 'remove-app' | 'open-direct-message'} deed
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
 * Calls back with what somebody sees, now and after every change.
 *
 * @param {string} as
 * @param {(view: PageView) => void} onView
 * @param {() => void} onLost the connection is gone; the browser tries again by itself
 * @returns {() => void} stops it
 */
export function watch(as, onView, onLost) {
  const source = new EventSource(`/page/stream?as=${encodeURIComponent(as)}`);
  source.addEventListener('message', (/** @type {MessageEvent<string>} */ { data }) => {
    onView(/** @type {PageView} */ (JSON.parse(data)));
  });
  source.addEventListener('error', onLost);
  return () => source.close();
}
