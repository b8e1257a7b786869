/**
 * Who looks, and where: kept in the URL's hash, so that a reload changes nothing. Either can be left out.
 *
 * @typedef {{ as: string, space: string }} Place
 */

/** @returns {Place} */
export function currentPlace() {
  return readPlace(location.hash);
}

/**
 * @param {string} hash
 * @returns {Place}
 */
export function readPlace(hash) {
  const parameters = new URLSearchParams(hash.slice(1));
  return { as: parameters.get('as') ?? '', space: parameters.get('space') ?? '' };
}

/** @param {Partial<Place>} place */
export function hashFor({ as = '', space = '' }) {
  const parts = [as && `as=${as}`, space && `space=${space}`];
  return `#${parts.filter((part) => part !== '').join('&')}`;
}
