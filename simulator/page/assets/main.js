/** @import { PageView, SpaceView } from '../view.ts' */
/** @import { Deed } from './server.js' */
import { createComposer } from './composer.js';
import { createConversation } from './conversation.js';
import { reportPlace } from './dialog.js';
import { byId, element } from './dom.js';
import { showHeader } from './header.js';
import { createNewSpace } from './new-space.js';
import { createPeople } from './people.js';
import { currentPlace, hashFor } from './place.js';
import { post, watch } from './server.js';
import { createSpaceList } from './spaces.js';

const identity = byId('identity', HTMLSelectElement);
const problem = byId('problem', HTMLElement);
const news = byId('news', HTMLElement);
/** There is room for the list or for a conversation, not for both: as in phone.css. */
const narrow = matchMedia('(max-width: 44rem)');

/** @type {PageView | undefined} */
let view;
/** @type {SpaceView | undefined} */
let space;
/** Whom the stream is for. @type {string | undefined} */
let watched;
let stopWatching = () => {};

const newSpace = createNewSpace((plan) => go('create-space', plan));
const people = createPeople((deed, person) => {
  void attempt(deed, { space: space?.name, ...(person && { person }) });
});
const spaceList = createSpaceList(byId('spaces', HTMLElement), {
  openDirectMessage: () => void go('open-direct-message', {}),
  createSpace: () => view && newSpace.open(view),
});
const composer = createComposer({
  async send(message) {
    const done = await attempt('say', { space: space?.name, ...message });
    return done !== undefined;
  },
  runQuickCommand: (id) => void attempt('run-quick-command', { space: space?.name, id }),
});
const conversation = createConversation({
  root: byId('conversation', HTMLElement),
  reply: composer.replyIn,
  press: async (message, button) => {
    const done = await attempt('press', { message, ...button });
    if (done?.notice) report(done.notice);
  },
  announce: (text) => news.append(element('span', {}, [text])),
});

/**
 * Does something as whoever was chosen. Tells the person when it fails.
 *
 * @param {Deed} deed
 * @param {object} input
 * @returns {Promise<Awaited<ReturnType<typeof post>> | undefined>} what came of it; undefined when it was not done
 */
async function attempt(deed, input) {
  try {
    const done = await post(deed, { as: view?.me, ...input });
    report('');
    return done;
  } catch (error) {
    report(error instanceof Error ? error.message : 'Something went wrong.');
    return undefined;
  }
}

/**
 * The same, of something that leads to a space: it is shown.
 *
 * @param {Deed} deed
 * @param {object} input
 */
async function go(deed, input) {
  const done = await attempt(deed, input);
  if (done?.space) location.hash = hashFor({ as: view?.me ?? '', space: done.space });
  return done !== undefined;
}

/** @param {string} text nothing to take the last report away */
function report(text) {
  const place = reportPlace();
  place.textContent = text;
  place.hidden = text === '';
}

function draw() {
  if (view === undefined) return;
  const place = currentPlace();
  const chosen = view.spaces.find(({ name }) => name === place.space);
  space = chosen ?? view.spaces[0];
  document.body.dataset['shows'] = chosen === undefined ? 'list' : 'space';
  const isSeen = chosen !== undefined || !narrow.matches;
  showHeader(view, space);
  spaceList.show(view, isSeen ? space : undefined);
  conversation.show(space, view.me);
  composer.show(space, view);
  people.show(view, space);
}

function follow() {
  const { as } = currentPlace();
  if (as === watched) {
    draw();
    return;
  }
  watched = as;
  stopWatching();
  stopWatching = watch(as, show, () => {
    problem.dataset['lost'] = '';
    report('The simulator is not there any more. Waiting for it to come back…');
  });
}

/** @param {PageView} fresh */
function show(fresh) {
  if (problem.dataset['lost'] !== undefined) report('');
  delete problem.dataset['lost'];
  view = fresh;
  draw();
}

identity.addEventListener('change', () => {
  location.hash = hashFor({ as: identity.value, space: currentPlace().space });
});
byId('membership', HTMLButtonElement).addEventListener('click', () => {
  void attempt(space?.hasApp ? 'remove-app' : 'add-app', { space: space?.name });
});
byId('open-people', HTMLButtonElement).addEventListener('click', people.open);
document.querySelector('.skip')?.addEventListener('click', (event) => {
  event.preventDefault();
  byId('composer', HTMLTextAreaElement).focus();
});
narrow.addEventListener('change', draw);
addEventListener('hashchange', follow);
follow();
