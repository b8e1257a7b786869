/** @import { Row, Timeline } from '../view.ts' */

/**
 * Calls back with what happened, now and after every change.
 *
 * @param {string} of the key of what is chosen; empty for the newest
 * @param {{ onRows: (rows: Row[]) => void, onTimeline: (timeline: Timeline | null) => void, onLost: () => void }} handlers
 * @returns {() => void} stops it
 */
export function watch(of, { onRows, onTimeline, onLost }) {
  const source = new EventSource(`/inspector/stream?of=${encodeURIComponent(of)}`);
  source.addEventListener('rows', (/** @type {MessageEvent<string>} */ { data }) => {
    onRows(/** @type {Row[]} */ (JSON.parse(data)));
  });
  source.addEventListener('timeline', (/** @type {MessageEvent<string>} */ { data }) => {
    onTimeline(/** @type {Timeline | null} */ (JSON.parse(data)));
  });
  source.addEventListener('error', onLost);
  return () => source.close();
}

/**
 * Has the very same event published, or delivered, once more.
 *
 * @param {string} message its id
 * @throws {Error} with a message for the person
 */
export async function publishAgain(message) {
  const response = await fetch('/inspector/publish-again', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ message }),
  }).catch(() => undefined);
  if (response?.ok) return;
  const answer = /** @type {{ error?: string }} */ (await response?.json().catch(() => ({})));
  throw new Error(answer?.error ?? 'The simulator does not answer.');
}
