import { remembered } from '../remembered.ts';
import { en, type Words } from './en.ts';
import { es } from './es.ts';
import { ptBr } from './pt-br.ts';

/** What somebody reads: the words, and how their dates and lists are written. */
export interface Language {
  words: Words;
  /** For `Intl`: the person's own region, where their language is one of ours. A BCP 47 tag. */
  locale: string;
}

/** By the primary language: whoever reads another variant of one reads this one rather than English. */
const CATALOGUES: ReadonlyMap<string, Words> = new Map([
  ['en', en],
  ['pt', ptBr],
  ['es', es],
]);

/** The languages that there are words in, the one for everybody else first. */
export const LANGUAGES: readonly string[] = [...CATALOGUES.keys()];

const ENGLISH: Language = { words: en, locale: 'en' };

/**
 * The person's language if we have it, English otherwise.
 *
 * @param locale a BCP 47 tag, if known. What isn't one counts as unknown
 */
export function languageFor(locale: string | undefined): Language {
  const words = locale === undefined ? undefined : CATALOGUES.get(primaryOf(locale) ?? '');
  return locale === undefined || words === undefined ? ENGLISH : { words, locale };
}

const primaryOf = remembered((locale) => new Intl.Locale(locale).language);

/** `Ana, Bruno, and Carla`, as the language has it. */
export function listOf({ locale }: Language, items: readonly string[]): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(items);
}

/** `1,234`, as the language has it. */
export function numberOf({ locale }: Language, number: number): string {
  return new Intl.NumberFormat(locale).format(number);
}

/**
 * A day, without its time.
 *
 * @param time milliseconds since the epoch
 * @param timeZone an IANA id, UTC unless known
 */
export function dayOf({ locale }: Language, time: number, timeZone?: string): string {
  return dateFormat(locale, { dateStyle: 'long' }, timeZone).format(time);
}

/**
 * A time for readers in several places: with its zone, and with the day unless that is the same as `today`'s there.
 *
 * @param time milliseconds since the epoch
 * @param timeZone an IANA id, UTC unless known
 */
export function momentOf(
  { locale }: Language,
  time: number,
  { timeZone, today }: { timeZone?: string | undefined; today: number },
): string {
  const date = { year: 'numeric', month: 'short', day: 'numeric' } as const;
  const clock = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const;
  const days = dateFormat(locale, date, timeZone);
  const isToday = days.format(time) === days.format(today);
  return dateFormat(locale, isToday ? clock : { ...date, ...clock }, timeZone).format(time);
}

function dateFormat(
  locale: string,
  format: Intl.DateTimeFormatOptions,
  timeZone = 'UTC',
): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(locale, { ...format, timeZone });
  } catch {
    // A zone that this Node doesn't know.
    return new Intl.DateTimeFormat(locale, { ...format, timeZone: 'UTC' });
  }
}

/**
 * A time to the minute, with its day and the name of its zone: nothing about it is left to guess.
 *
 * @param time milliseconds since the epoch
 * @param timeZone an IANA id, UTC unless known
 */
export function timeOf({ locale }: Language, time: number, timeZone?: string): string {
  const day = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
  const clock = { hour: 'numeric', minute: '2-digit', timeZoneName: 'long' } as const;
  return dateFormat(locale, { ...day, ...clock }, timeZone).format(time);
}

/** What a scope lets Postern do, in plain words. */
export function permissionOf({ words }: Language, scope: string): string {
  const name = scope.replace(/^.*\/auth\//, '');
  const known: ReadonlyMap<string, string> = new Map(Object.entries(words.permissions));
  return known.get(name) ?? words.otherPermission(name);
}
