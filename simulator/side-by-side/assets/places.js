/** @import { Place } from '../../page/assets/place.js' */
import { hashFor } from '../../page/assets/place.js';

/*
 * What each column shows is in the address, so that a reload changes nothing.
 */

/** Pages that can be shown in place of somebody’s Chat. @type {Readonly<Record<string, string>>} */
export const PAGES = { inspector: 'Inspector', weather: 'Weather' };

/**
 * @param {string} side
 * @returns {Place} `as` is `users/{id}`, or the name of a page; empty when the address doesn't tell
 */
export function placeOf(side) {
  const parameters = new URLSearchParams(location.hash.slice(1));
  return { as: parameters.get(side) ?? '', space: parameters.get(`${side}-space`) ?? '' };
}

/**
 * @param {string} side
 * @param {Place} place
 */
export function keepPlace(side, { as, space }) {
  const parameters = new URLSearchParams(location.hash.slice(1));
  parameters.set(side, as);
  if (space === '') parameters.delete(`${side}-space`);
  else parameters.set(`${side}-space`, space);
  history.replaceState(null, '', `#${decodeURIComponent(parameters.toString())}`);
}

/** @param {Place} place */
export function isPage({ as }) {
  return Object.hasOwn(PAGES, as);
}

/** @param {Place} place */
export function addressOf(place) {
  return isPage(place) ? `/${place.as}` : `/${hashFor(place)}`;
}
