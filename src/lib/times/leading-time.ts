import { type ReadTime, readEnglish } from './english-time.ts';
import { readings, type Token } from './tokens.ts';

export interface LeadingTime {
  /** How much of the text it takes, in UTF-16 units. */
  length: number;
  /** In milliseconds since the epoch. Undefined when that depends on the time zone, and it isn't known. */
  at: number | undefined;
}

export interface TimeTeller {
  /** When they told it, in milliseconds since the epoch. */
  askedAt: number;
  /** An IANA id. */
  timeZone: string | undefined;
  /** What they read, a BCP 47 tag. */
  locale: string;
}

/**
 * The time that a text begins with, in the words of its writer's language or in English: the longest there is. Never throws,
 * whatever is written.
 */
export function leadingTime(text: string, teller: TimeTeller): LeadingTime | undefined {
  const { language } = new Intl.Locale(teller.locale);
  for (const tokens of readings(text, language)) {
    for (let count = tokens.length; count > 0; count--) {
      const found = readTokens(tokens.slice(0, count), teller);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** All of them together. */
function readTokens(
  tokens: readonly Token[],
  { askedAt, timeZone, locale }: TimeTeller,
): LeadingTime | undefined {
  const written = tokens
    .map(({ english }) => english)
    .join(' ')
    .trim()
    .replace(/\s+/g, ' ');
  const separator = /[,;:—–-]*$/u.exec(written)?.[0].length ?? 0;
  const asker = { askedAt, timeZone: timeZone ?? 'UTC', dayFirst: isDayFirst(locale) };
  const read = attempt(() => readEnglish(written.slice(0, written.length - separator), asker));
  if (read === undefined) return undefined;
  const length = (tokens.at(-1)?.end ?? 0) - separator;
  return { length, at: timeZone === undefined && !read.isAbsolute ? undefined : read.at };
}

/** There is no such day, or it is beyond what a clock can show. */
function attempt(read: () => ReadTime | undefined): ReadTime | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** As the language's own dates have it: 11/12 is in December, but not in the United States. */
function isDayFirst(locale: string): boolean {
  const parts = new Intl.DateTimeFormat(locale).formatToParts(0).map(({ type }) => type);
  return parts.indexOf('day') < parts.indexOf('month');
}
