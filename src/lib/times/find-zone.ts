/**
 * The time zone that somebody means: by its IANA id, whatever its case, or by a city that only one of them has.
 *
 * @returns an id that `Intl` knows
 */
export function findZone(text: string): string | undefined {
  const wanted = simplified(text);
  const zones = Intl.supportedValuesOf('timeZone');
  const exact = zones.find((zone) => simplified(zone) === wanted);
  if (exact !== undefined) return exact;
  const [only, ...others] = zones.filter((zone) => simplified(cityOf(zone)) === wanted);
  if (only !== undefined && others.length === 0) return only;
  // Older or newer names of the same, such as Asia/Kolkata.
  return /^[a-z]+(?:[/_+-][a-z\d]+)*$/i.test(text) ? known(text) : undefined;
}

const cityOf = (zone: string): string => zone.slice(zone.lastIndexOf('/') + 1);

/** Without accents and case, and with the spaces of ids. */
function simplified(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .trim()
    .replace(/\s+/g, '_')
    .toLowerCase();
}

function known(id: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: id }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
