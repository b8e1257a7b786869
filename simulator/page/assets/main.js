/** @import { PageView, SpaceView } from '../view.ts' */
import { createComposer } from './composer.js';
import { createConversation } from './conversation.js';
import { byId, element } from './dom.js';
import { currentPlace, hashFor } from './place.js';
import { post, watch } from './server.js';
import { createSpaceList } from './spaces.js';

const identity = byId('identity', HTMLSelectElement);
const membership = byId('membership', HTMLButtonElement);
const problem = byId('problem', HTMLElement);
const news = byId('news', HTMLElement);

/** @type {PageView | undefined} */
let view;
/** @type {SpaceView | undefined} */
let space;
/** Whom the stream is for. @type {string | undefined} */
let watched;
let stopWatching = () => {};

const spaceList = createSpaceList(byId('spaces', HTMLElement), () => {
  void attempt('open-direct-message', {}).then((done) => {
    if (done?.space) location.hash = hashFor({ as: view?.me ?? '', space: done.space });
  });
});
const composer = createComposer(async (message) => {
  const done = await attempt('say', { space: space?.name, ...message });
  return done !== undefined;
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
 * @param {Parameters<typeof post>[0]} deed
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

/** @param {string} text nothing to take the last report away */
function report(text) {
  problem.textContent = text;
  problem.hidden = text === '';
}

function draw() {
  if (view === undefined) return;
  const place = currentPlace();
  const chosen = view.spaces.find(({ name }) => name === place.space);
  space = chosen ?? view.spaces[0];
  // On a narrow screen there is room for one of the two.
  document.body.dataset['shows'] = chosen === undefined ? 'list' : 'space';
  drawIdentities(view);
  drawHeader(view, space);
  spaceList.show(view, space);
  conversation.show(space, view.me);
  composer.show(space, view.me);
}

/** @param {PageView} view */
function drawIdentities({ identities, me }) {
  if (identity.options.length !== identities.length) {
    identity.replaceChildren(
      ...identities.map(({ name, displayName, isApp }) =>
        element('option', { value: name }, [isApp ? `${displayName} (app)` : displayName]),
      ),
    );
  }
  identity.value = me;
}

/**
 * @param {PageView} view
 * @param {SpaceView | undefined} shown
 */
function drawHeader({ me, appName, identities }, shown) {
  const title = shown?.title ?? 'No conversation';
  document.title = `${title} · Simulated Google Chat`;
  byId('space-title', HTMLElement).textContent = title;
  byId('members', HTMLElement).textContent = shown?.members.join(', ') ?? '';
  byId('back', HTMLAnchorElement).href = hashFor({ as: me });
  const isApp = identities.some(({ name, isApp }) => name === me && isApp);
  membership.hidden = shown === undefined || isApp;
  membership.textContent = `${shown?.hasApp ? 'Remove' : 'Add'} ${appName}`;
}

function follow() {
  const { as } = currentPlace();
  if (as === watched) {
    draw();
    return;
  }
  watched = as;
  stopWatching();
  stopWatching = watch(
    as,
    (fresh) => {
      if (problem.dataset['lost'] !== undefined) report('');
      delete problem.dataset['lost'];
      view = fresh;
      draw();
    },
    () => {
      problem.dataset['lost'] = '';
      report('The simulator is not there any more. Waiting for it to come back…');
    },
  );
}

identity.addEventListener('change', () => {
  location.hash = hashFor({ as: identity.value, space: currentPlace().space });
});
membership.addEventListener('click', () => {
  void attempt(space?.hasApp ? 'remove-app' : 'add-app', { space: space?.name });
});
document.querySelector('.skip')?.addEventListener('click', (event) => {
  event.preventDefault();
  byId('composer', HTMLTextAreaElement).focus();
});
addEventListener('hashchange', follow);
follow();
