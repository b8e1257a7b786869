/** @import { WeatherView } from '../view.ts' */

/**
 * Changes the weather.
 *
 * @param {'condition' | 'copies' | 'app' | 'revoke' | 'end-streams' | 'subscriber' | 'clear'} deed
 * @param {object} [input]
 * @throws {Error} when it could not be done, with a message for the person
 */
export async function post(deed, input = {}) {
  const response = await fetch(`/weather/${deed}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(input),
  }).catch(() => undefined);
  if (response === undefined) throw new Error('The simulator does not answer.');
  if (response.ok) return;
  const answer = /** @type {{ error?: string }} */ (await response.json().catch(() => ({})));
  throw new Error(answer.error ?? `The simulator answered ${response.status}.`);
}

/**
 * Calls back with how things are, now and after every change.
 *
 * @param {(view: WeatherView) => void} onView
 * @param {() => void} onLost the connection is gone; the browser tries again by itself
 */
export function watch(onView, onLost) {
  const source = new EventSource('/weather/stream');
  source.addEventListener('message', (/** @type {MessageEvent<string>} */ { data }) => {
    onView(/** @type {WeatherView} */ (JSON.parse(data)));
  });
  source.addEventListener('error', onLost);
}
