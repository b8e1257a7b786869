/** @import { Place } from '../../page/assets/place.js' */
/** @import { Identity } from '../../page/view.ts' */
import { byId, element } from '../../page/assets/dom.js';
import { readPlace } from '../../page/assets/place.js';
import { addressOf, isPage, keepPlace, PAGES, placeOf } from './places.js';

/**
 * One of the two columns: somebody's Chat, or another page of the simulator.
 *
 * @param {'left' | 'right'} side
 * @param {readonly Identity[]} identities
 * @param {Place} byDefault
 */
export function createColumn(side, identities, byDefault) {
  const choice = byId(side, HTMLSelectElement);
  const frame = byId(`${side}-frame`, HTMLIFrameElement);
  const names = new Map([
    ...identities.map(({ name, displayName }) => /** @type {const} */ ([name, displayName])),
    ...Object.entries(PAGES),
  ]);
  choice.replaceChildren(
    ...identities.map(identityOption),
    ...Object.entries(PAGES).map(pageOption),
  );

  choice.addEventListener('change', () => {
    show({ as: choice.value, space: placeOf(side).space });
  });
  frame.addEventListener('load', () => {
    const { contentDocument, contentWindow } = frame;
    if (contentDocument === null || contentWindow === null) return;
    // What is around the page stands around both already.
    contentDocument.documentElement.dataset['framed'] = '';
    frame.dataset['ready'] = '';
    const follow = () => followTo(contentWindow.location);
    contentWindow.addEventListener('hashchange', follow);
    follow();
  });
  addEventListener('hashchange', () => show(chosen()));
  show(chosen());

  /** @returns {Place} */
  function chosen() {
    const place = placeOf(side);
    return names.has(place.as) ? place : byDefault;
  }

  /**
   * Somebody went elsewhere in the frame itself.
   *
   * @param {Location} there
   */
  function followTo({ pathname, hash }) {
    const page = pathname.slice(1);
    const { as, space } = pathname === '/' ? readPlace(hash) : { as: page, space: chosen().space };
    if (names.has(as)) keep({ as, space });
    else if (pathname === '/') show({ as: byDefault.as, space: chosen().space });
  }

  /** @param {Place} place */
  function show(place) {
    keep(place);
    // Replaced, so that going back leaves the page rather than go through all that was shown.
    frame.contentWindow?.location.replace(addressOf(place));
  }

  /** @param {Place} place */
  function keep(place) {
    const name = names.get(place.as) ?? '';
    choice.value = place.as;
    frame.title = isPage(place) ? name : `${name}’s Chat`;
    keepPlace(side, place);
  }
}

/** @param {Identity} identity */
function identityOption({ name, displayName, isApp }) {
  return element('option', { value: name }, [isApp ? `${displayName} (app)` : displayName]);
}

/** @param {[name: string, title: string]} page */
function pageOption([name, title]) {
  return element('option', { value: name }, [title]);
}
