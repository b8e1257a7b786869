/** @import { PageView, SpaceView } from '../view.ts' */
import { byId, element } from './dom.js';
import { hashFor } from './place.js';

const identity = byId('identity', HTMLSelectElement);
const membership = byId('membership', HTMLButtonElement);
const people = byId('open-people', HTMLButtonElement);

/**
 * Who one is, and where.
 *
 * @param {PageView} view
 * @param {SpaceView | undefined} space
 */
export function showHeader(view, space) {
  const { me, appName, identities } = view;
  const title = space?.title ?? 'No conversation';
  document.title = `${title} · Simulated Google Chat`;
  byId('space-title', HTMLElement).textContent = title;
  byId('members', HTMLElement).textContent = namesIn(space);
  byId('back', HTMLAnchorElement).href = hashFor({ as: me });
  const isApp = identities.some(({ name, isApp }) => name === me && isApp);
  membership.hidden = space === undefined || isApp;
  membership.textContent = `${space?.hasApp ? 'Remove' : 'Add'} ${appName}`;
  people.hidden = space === undefined || space.isDirect;
  byId('people-count', HTMLElement).textContent = String(space?.members.length ?? 0);
  showIdentities(view);
}

/** @param {SpaceView | undefined} space */
function namesIn(space) {
  return space?.members.map(({ displayName }) => displayName).join(', ') ?? '';
}

/** @param {PageView} view */
function showIdentities({ identities, me }) {
  if (identity.options.length !== identities.length) {
    identity.replaceChildren(
      ...identities.map(({ name, displayName, isApp }) =>
        element('option', { value: name }, [isApp ? `${displayName} (app)` : displayName]),
      ),
    );
  }
  identity.value = me;
}
