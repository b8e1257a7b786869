/**
 * The day of a moment where the browser is, as people call it.
 *
 * @param {string} time RFC 3339
 * @param {Date} now
 */
export function dayName(time, now) {
  const day = new Date(time);
  const yesterday = new Date(now);
  yesterday.setDate(now.getDate() - 1);
  if (isSameDay(day, now)) return 'Today';
  if (isSameDay(day, yesterday)) return 'Yesterday';
  const year =
    day.getFullYear() === now.getFullYear() ? {} : { year: /** @type {const} */ ('numeric') };
  return day.toLocaleDateString(undefined, {
    weekday: 'long',
    month: 'long',
    day: 'numeric',
    ...year,
  });
}

/**
 * @param {Date} one
 * @param {Date} other
 */
function isSameDay(one, other) {
  return one.toDateString() === other.toDateString();
}
