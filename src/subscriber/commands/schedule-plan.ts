import { neutralizeMarkup } from '../../lib/chat/markup.ts';
import { days, minutes } from '../../lib/clock.ts';
import { afterTime } from '../../lib/times/after-time.ts';
import { timeOf } from '../../lib/words/language.ts';
import { MAX_PLANNED } from '../agenda.ts';
import { tooLong } from '../too-long.ts';
import type { AnyContext, Planned, Request } from './command.ts';

/** Plans further ahead are a mistake, rather. */
const MAX_AHEAD_MS = days(366);

/** How late a plan may be before its beginning: we were down, and it is as good as one that we were down for at its hour. */
const MAX_LATE_MS = minutes(10);

/** What is to be posted, and when; or what is wrong with the request. */
export async function readPlan(context: AnyContext): Promise<Planned | string> {
  const { request, askedAt, agenda, consented, now } = context;
  const { language, plain } = request;
  const words = language.words.schedule;
  const timeZone = await zoneOf(context);
  // Loaded by the first plan: with its calendars it would be a third of what a start takes.
  const { leadingTime } = await import('../../lib/times/leading-time.ts');

  const found = leadingTime(plain, { askedAt, timeZone, locale: language.locale });
  if (found === undefined) return words.usage;
  const text = textAfter(request, found.length);
  if (text === '') return words.noText;
  const { at } = found;
  if (at === undefined) return words.noZone;

  const time = timeOf(language, at, timeZone);
  if (at <= askedAt) return words.past(time);
  if (at > askedAt + MAX_AHEAD_MS) return words.tooFar(time);
  // Who was asked for a consent had the time in their own hands.
  if (at + (consented ? 0 : MAX_LATE_MS) <= now()) return words.passed(time);
  const objection = tooLong(text, language);
  if (objection !== undefined) return objection;
  return (await agenda.isFull()) ? words.tooMany(MAX_PLANNED) : { at, text };
}

/** As Chat tells it, or the person has. */
export async function zoneOf({ request, timeZones }: AnyContext): Promise<string | undefined> {
  return request.timeZone ?? (await timeZones.kept());
}

/** With its formatting, unless some of it begins before the text does. */
function textAfter({ plain, markup }: Request, length: number): string {
  const isPlainBefore =
    markup.slice(0, length) === plain.slice(0, length) && markup[length] === plain[length];
  return isPlainBefore ? afterTime(markup, length) : neutralizeMarkup(afterTime(plain, length));
}
