/** @import { Row, Timeline } from '../view.ts' */
import { byId, element } from '../../page/assets/dom.js';
import { createList } from './list.js';
import { createPicture } from './picture.js';
import { currentPlace, hashWith } from './place.js';
import { publishAgain, watch } from './server.js';
import { clockTime, duration } from './words.js';

const problem = byId('problem', HTMLElement);
const news = byId('news', HTMLElement);
const again = byId('again', HTMLButtonElement);
const save = byId('save', HTMLAnchorElement);
const text = byId('filter-text', HTMLInputElement);
const person = byId('filter-person', HTMLSelectElement);
const kind = byId('filter-kind', HTMLSelectElement);
const trouble = byId('filter-trouble', HTMLInputElement);

/** @type {Row[]} */
let rows = [];
/** @type {Timeline | null} */
let timeline = null;
/** What the stream is for. @type {string | undefined} */
let watched;
let stopWatching = () => {};

const announce = (/** @type {string} */ told) => {
  news.textContent = told;
};
const list = createList(byId('rows', HTMLElement), byId('none', HTMLElement));
const picture = createPicture(byId('steps', HTMLElement), announce);

/** @param {string} told nothing to take the last report away */
function report(told) {
  problem.textContent = told;
  problem.hidden = told === '';
}

function draw() {
  const place = currentPlace();
  // On a narrow screen there is room for one of the two. Without any list, it is for what to do.
  document.body.dataset['shows'] = place.of === '' && rows.length > 0 ? 'list' : 'happened';
  byId('back', HTMLAnchorElement).hidden = place.of === '';
  drawFilter(place);
  list.show(rows, place, timeline?.key ?? '');
  drawAbout();
  picture.show(timeline);
}

/** @param {ReturnType<typeof currentPlace>} place */
function drawFilter(place) {
  const people = [...new Set(rows.map((row) => row.person))].filter((name) => name !== '').sort();
  const wanted = ['', ...people];
  if (wanted.join('\n') !== [...person.options].map(({ value }) => value).join('\n')) {
    person.replaceChildren(
      ...wanted.map((name) => element('option', { value: name }, [name || 'Everybody'])),
    );
  }
  if (document.activeElement !== text) text.value = place.text;
  person.value = place.person;
  kind.value = place.kind;
  trouble.checked = place.trouble;
}

function drawAbout() {
  const nothing =
    rows.length === 0 ? 'Nothing has happened yet' : 'The simulator does not remember this';
  const { title = nothing, text: said = '', state, tookMs, message } = timeline ?? {};
  document.title = `${title} · Inspector`;
  byId('title', HTMLElement).textContent = title;
  byId('text', HTMLElement).textContent = said;
  byId('start', HTMLElement).hidden = rows.length > 0;
  byId('lanes', HTMLElement).classList.toggle('idle', timeline === null);
  byId('back', HTMLAnchorElement).href = hashWith({ of: '' });
  if (rows.length === 0) byId('legend', HTMLDetailsElement).open = true;
  drawState(state, tookMs);
  byId('record', HTMLElement).textContent = recordOf(timeline);
  byId('deeds', HTMLElement).hidden = message === undefined;
  if (message === undefined) return;
  again.textContent = message.again === 'publish' ? 'Publish again' : 'Deliver again';
  save.href = `/inspector/fixtures/${encodeURIComponent(message.id)}`;
  save.download = message.fixture;
}

/** @param {Timeline['state'] | undefined} state @param {number | undefined} tookMs */
function drawState(state, tookMs) {
  const shown = byId('state', HTMLElement);
  shown.hidden = state === undefined;
  if (state === undefined) return;
  shown.className = `state ${state.tone}`;
  shown.textContent = tookMs === undefined ? state.text : `${state.text}, ${duration(tookMs)}`;
}

/** How the ledger has it, in short. @param {Timeline | null} shown */
function recordOf(shown) {
  const { requestId, ledger } = shown ?? {};
  if (requestId === undefined) return '';
  const parts = [`Request ${requestId.slice(0, 8)}`];
  if (ledger !== undefined) {
    parts.push(`ledger: ${[ledger.state, ledger.outcome].filter(Boolean).join(', ')}`);
    if (ledger.failures > 0) parts.push(`failures: ${ledger.failures}`);
    if (ledger.state === 'running') parts.push(`lease until ${clockTime(ledger.leaseUntil ?? 0)}`);
    if (ledger.state === 'scheduled') parts.push(`for ${clockTime(ledger.scheduledFor ?? 0)}`);
  }
  return parts.join(' · ');
}

function follow() {
  const { of } = currentPlace();
  if (of === watched) {
    draw();
    return;
  }
  watched = of;
  stopWatching();
  stopWatching = watch(of, {
    onRows(fresh) {
      if (problem.dataset['lost'] !== undefined) report('');
      delete problem.dataset['lost'];
      rows = fresh;
      draw();
    },
    onTimeline(fresh) {
      timeline = fresh;
      draw();
    },
    onLost() {
      problem.dataset['lost'] = '';
      report('The simulator is not there any more. Waiting for it to come back…');
    },
  });
}

/** @param {Parameters<typeof hashWith>[0]} change */
function filter(change) {
  // Not by `location`: typing must not fill the browser's history.
  history.replaceState(null, '', hashWith(change));
  draw();
}

text.addEventListener('input', () => filter({ text: text.value }));
person.addEventListener('change', () => filter({ person: person.value }));
kind.addEventListener('change', () => filter({ kind: kind.value }));
trouble.addEventListener('change', () => filter({ trouble: trouble.checked }));
byId('filter', HTMLFormElement).addEventListener('submit', (event) => event.preventDefault());
again.addEventListener('click', () => {
  const id = timeline?.message?.id;
  const key = timeline?.key;
  if (id === undefined || key === undefined) return;
  // What follows is seen where it belongs, however much else happens.
  location.hash = hashWith({ of: key });
  publishAgain(id).then(
    () => {
      report('');
      announce('Done once more. See what follows.');
    },
    (/** @type {Error} */ error) => report(error.message),
  );
});
document.querySelector('.skip')?.addEventListener('click', (event) => {
  event.preventDefault();
  byId('happened', HTMLElement).focus();
});
addEventListener('hashchange', follow);
follow();
