import * as english from 'chrono-node/en';
import { Temporal } from 'temporal-polyfill';
import { parseDuration } from './duration.ts';

type Parsed = ReturnType<typeof english.parse>[number];

export interface Asker {
  /** When the time was told, in milliseconds since the epoch: what "tomorrow" counts from. */
  askedAt: number;
  /** Where "9:00" is meant: an IANA id, or an offset. */
  timeZone: string;
  /** Whether 11/12 is the eleventh of December. */
  dayFirst: boolean;
}

export interface ReadTime {
  /** In milliseconds since the epoch. */
  at: number;
  /** The same time wherever it was told: "in 20 minutes", "9:00 UTC". */
  isAbsolute: boolean;
}

/**
 * What an English time means, if all of the text is one: a time from now, or a time of day, with or without a day. A day
 * alone isn't enough.
 *
 * Of local times that there are twice, when clocks are set back, it is the earlier one; one that there isn't, when they are
 * set forward, moves by as much as the clocks do.
 */
export function readEnglish(text: string, asker: Asker): ReadTime | undefined {
  const duration = parseDuration(text);
  if (duration !== undefined) {
    const { days, milliseconds } = duration;
    const later = Temporal.Instant.fromEpochMilliseconds(asker.askedAt)
      .toZonedDateTimeISO(asker.timeZone)
      .add({ days })
      .add({ milliseconds });
    return { at: later.epochMilliseconds, isAbsolute: days === 0 };
  }
  const parsed = parseWhole(text, asker);
  if (parsed === undefined) return undefined;
  const zone = statedZone(parsed);
  if (zone === undefined || zone === asker.timeZone) {
    return { at: meant(parsed, text, asker), isAbsolute: zone !== undefined };
  }
  // Days count from the one that it is there.
  return readEnglish(text, { ...asker, timeZone: zone });
}

/** The text as chrono reads it, if it leaves nothing over and finds one time of day. */
function parseWhole(text: string, { askedAt, timeZone, dayFirst }: Asker): Parsed | undefined {
  const { year, month, day } = localTime(askedAt, timeZone);
  // Chrono reads a Date's fields in the zone of this process: at noon, no zone skips any.
  const today = new Date(year, month - 1, day, 12);
  const [parsed, ...others] = (dayFirst ? english.GB : english.casual).parse(text, today);
  if (parsed === undefined || others.length > 0 || parsed.text.length !== text.length) {
    return undefined;
  }
  const { start, end } = parsed;
  const isNotOfDay = [...start.tags()].some((tag) => NOT_OF_DAY.has(tag));
  const isTime = start.isCertain('hour') && !end && !isNotOfDay;
  return isTime && !LONE_LETTER.test(text) && !isUnlikelyZone(parsed, text) ? parsed : undefined;
}

/** Chrono takes "9:00 a" for "9:00 am", and somebody's text may well begin with "a". */
const LONE_LETTER = /\s[ap]$/i;

/** The words "eat", "get" and "art" are time zones, but only in capitals. */
function isUnlikelyZone({ start }: Parsed, text: string): boolean {
  if (!start.isCertain('timezoneOffset')) return false;
  return !/(?<!\p{L})(?!AM|PM)\p{Lu}{2,5}(?!\p{L})|:\d{2}\s*(?:Z$|[+-]\d)/u.test(text);
}

/** Counted in hours or less, in the zone of this process; durations have a reader of their own. */
const NOT_OF_DAY: ReadonlySet<string> = new Set([
  'result/relativeDateAndTime',
  'casualReference/now',
]);

/** As an offset. */
function statedZone({ start }: Parsed): string | undefined {
  if (!start.isCertain('timezoneOffset')) return undefined;
  const offset = start.get('timezoneOffset') ?? 0;
  const [hours, rest] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  const digits = [hours, rest].map((part) => String(part).padStart(2, '0'));
  return `${offset < 0 ? '-' : '+'}${digits.join(':')}`;
}

/** Where the text leaves the day open, the next such time. */
function meant({ start }: Parsed, text: string, { askedAt, timeZone }: Asker): number {
  const part = (name: Parameters<typeof start.get>[0]): number => start.get(name) ?? 0;
  const local = Temporal.PlainDateTime.from({
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
  });
  const inZone = (time: Temporal.PlainDateTime): number =>
    time.toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds;

  const at = inZone(local);
  if (at > askedAt || /\blast\b/i.test(text) || start.isCertain('year')) return at;
  if (start.isCertain('day')) return inZone(local.add({ years: 1 }));
  return inZone(local.add({ days: start.isCertain('weekday') ? 7 : 1 }));
}

function localTime(time: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(timeZone);
}
