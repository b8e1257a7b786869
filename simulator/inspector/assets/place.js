/**
 * What is chosen, and how the list is filtered: kept in the URL's hash, so that a reload changes nothing.
 *
 * @typedef {{ of: string, text: string, person: string, kind: string, trouble: boolean }} Place
 */

/** @returns {Place} */
export function currentPlace() {
  const parameters = new URLSearchParams(location.hash.slice(1));
  const get = (/** @type {string} */ name) => parameters.get(name) ?? '';
  return {
    of: get('of'),
    text: get('text'),
    person: get('person'),
    kind: get('kind'),
    trouble: parameters.has('trouble'),
  };
}

/** @param {Partial<Place>} change of the current place */
export function hashWith(change) {
  const { trouble, ...texts } = { ...currentPlace(), ...change };
  const parameters = new URLSearchParams(Object.entries(texts).filter(([, value]) => value !== ''));
  if (trouble) parameters.set('trouble', '');
  return `#${parameters}`;
}
