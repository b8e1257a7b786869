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
  const words = locale === undefined ? undefined : CATALOGUES.get(primaryOf(locale));
  return locale === undefined || words === undefined ? ENGLISH : { words, locale };
}

function primaryOf(locale: string): string {
  try {
    return new Intl.Locale(locale).language;
  } catch {
    return '';
  }
}

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
  const format = { dateStyle: 'long' } as const;
  try {
    return new Intl.DateTimeFormat(locale, { ...format, timeZone: timeZone ?? 'UTC' }).format(time);
  } catch {
    // A zone that this Node doesn't know.
    return new Intl.DateTimeFormat(locale, { ...format, timeZone: 'UTC' }).format(time);
  }
}

/** What a scope lets Postern do, in plain words. */
export function permissionOf({ words }: Language, scope: string): string {
  const name = scope.replace(/^.*\/auth\//, '');
  const known: ReadonlyMap<string, string> = new Map(Object.entries(words.permissions));
  return known.get(name) ?? words.otherPermission(name);
}
