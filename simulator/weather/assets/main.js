import { byId, setChildren } from '../../page/assets/dom.js';
import { callSwitches } from './calls.js';
import { eventSwitches } from './events.js';
import { headline, showCounts, troublesOf, verdictOf } from './forecast.js';
import { peopleSwitches } from './people.js';
import { processSwitches } from './process.js';
import { post, watch } from './server.js';

/** @import { Switch } from './switches.js' */
/** @import { WeatherView } from '../view.ts' */

const problem = byId('problem', HTMLParagraphElement);
let isLost = false;
const counts = showCounts(byId('tally', HTMLElement));

/** @param {Parameters<typeof post>} deed */
async function act(...deed) {
  try {
    await post(...deed);
    problem.hidden = true;
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error));
  }
}

/** @param {string} text */
function tell(text) {
  problem.textContent = text;
  problem.hidden = false;
}

const switches = [
  ...place(
    'calls',
    callSwitches((condition, duration) => void act('condition', { condition, duration })),
  ),
  ...place(
    'events',
    eventSwitches({
      onCopies: (copies) => void act('copies', { copies }),
      onEndStreams: () => void act('end-streams'),
    }),
  ),
  ...place(
    'people',
    peopleSwitches({
      onApp: (space, hasApp) => void act('app', { space, hasApp }),
      onRevoke: (person) => void act('revoke', { person }),
    }),
  ),
  ...place(
    'process',
    processSwitches((order) => void act('subscriber', { order })),
  ),
];
byId('clear', HTMLButtonElement).addEventListener('click', () => void act('clear'));

/**
 * @param {string} id
 * @param {Switch[]} made
 */
function place(id, made) {
  setChildren(
    byId(id, HTMLUListElement),
    made.map(({ item }) => item),
  );
  return made;
}

/** @param {WeatherView} view */
function show(view) {
  if (isLost) problem.hidden = true;
  isLost = false;
  const troubles = troublesOf(view);
  setText('forecast', headline(view));
  setText('active', troubles.join(' · ') || 'Everything works as it should.');
  setText('verdict', verdictOf(view.tally));
  setText('news', troubles.length === 0 ? 'Clear skies' : troubles.join('. '));
  document.body.classList.toggle('bad-weather', troubles.length > 0);
  byId('clear', HTMLButtonElement).disabled = troubles.length === 0;
  counts(view.tally);
  for (const { update } of switches) update(view);
}

/**
 * Only when it changes: screen readers say a text again that is set again.
 *
 * @param {string} id
 * @param {string} text
 */
function setText(id, text) {
  const shown = byId(id, HTMLElement);
  if (shown.textContent !== text) shown.textContent = text;
}

watch(show, () => {
  isLost = true;
  tell('The simulator does not answer. It may be starting anew …');
});
