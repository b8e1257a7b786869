import { days, hours, minutes, seconds } from '../clock.ts';

/** How long from now. Days are those of a calendar, which may have 23 or 25 hours. */
export interface Duration {
  days: number;
  milliseconds: number;
}

const NUMBERS = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');

const COUNT = String.raw`(?<count>\d{1,4}(?:[.,]\d{1,2})?\s*|(?:an?|half\s+an?|${NUMBERS.join('|')})\s+)`;
const UNIT = '(?<unit>seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|weeks?)';
const PART = new RegExp(String.raw`${COUNT}${UNIT}(?![\p{L}\p{N}])\s*(?:,\s*|and\s+)*`, 'iuy');

const MILLISECONDS: readonly (readonly [initial: string, length: number])[] = [
  ['s', seconds(1)],
  ['m', minutes(1)],
  ['h', hours(1)],
  ['d', days(1)],
  ['w', days(7)],
];

/** What `in 2 hours and 30 minutes` says, or `20 minutes from now`: the whole of it, and nothing else. */
export function parseDuration(english: string): Duration | undefined {
  const [, lead, parts = '', tail] =
    /^(?:(in|within)\s+)?(.*?)(?:\s+(from\s+now|later))?$/iu.exec(english) ?? [];
  if ((lead === undefined) === (tail === undefined)) return undefined;

  const sum: Duration = { days: 0, milliseconds: 0 };
  PART.lastIndex = 0;
  while (PART.lastIndex < parts.length) {
    const { count = '', unit = '' } = PART.exec(parts)?.groups ?? {};
    if (unit === '') return undefined;
    const length = (lengthOf(unit) ?? 0) * toNumber(count);
    const isCalendar = /^[dw]/i.test(unit) && length % days(1) === 0;
    if (isCalendar) sum.days += length / days(1);
    else sum.milliseconds += Math.round(length);
  }
  return parts === '' ? undefined : sum;
}

function lengthOf(unit: string): number | undefined {
  return MILLISECONDS.find(([initial]) => unit.toLowerCase().startsWith(initial))?.[1];
}

function toNumber(count: string): number {
  const word = count.trim().toLowerCase();
  if (word.startsWith('half')) return 0.5;
  if (word === 'a' || word === 'an') return 1;
  return NUMBERS.includes(word) ? NUMBERS.indexOf(word) : Number(word.replace(',', '.'));
}
