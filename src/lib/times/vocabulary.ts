/** A phrase of another language at some place of a text, and the same in English, for whoever reads times in English. */
export type Phrase = readonly [phrase: RegExp, english: (groups: Groups) => string];

type Groups = Readonly<Record<string, string | undefined>>;

/** The phrases that times are told with. The first that fits counts; where none does, the time is over. */
export type Vocabulary = readonly Phrase[];

const END = '(?![\\p{L}\\p{N}])';

function sticky(source: string): RegExp {
  return new RegExp(`(?:${source})${END}`, 'iuy');
}

export function phrase(source: string, english: string): Phrase {
  return [sticky(source), () => english];
}

/** As everywhere: `20/11`, `20.11.2026`, `2026-11-20T09:00`, `9:00:30`. */
export const DIGITS: Vocabulary = [
  [
    sticky(
      '(?<iso>\\d{4}-\\d{1,2}-\\d{1,2}(?:T\\d{1,2}:\\d{2}(?::\\d{2})?)?)|(?<time>\\d{1,2}:\\d{2}:\\d{2})',
    ),
    ({ iso, time }) => iso ?? time ?? '',
  ],
  [
    sticky('(?<day>\\d{1,2})(?<mark>[/.])(?<month>\\d{1,2})(?:\\k<mark>(?<year>\\d{4}|\\d{2}))?'),
    ({ day, month, year }) => [day, month, year].filter((part) => part !== undefined).join('/'),
  ],
];

/** Each with what may stand around it: "on", "this", "next". */
export function weekdays(
  names: readonly string[],
  { before, after }: { before: string; after: string },
): Vocabulary {
  const english = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
  return names.map((name, index) =>
    phrase(`(?:(?:${before})\\s+)*(?:${name})(?:\\s+(?:${after}))?`, english[index] ?? ''),
  );
}

/** A day of a month: `20 de novembro de 2026`. */
export function months(names: readonly string[]): Vocabulary {
  return names.map((name, index) => [
    sticky(`(?<day>\\d{1,2})[ºª°]?\\s+(?:de\\s+)?(?:${name})(?:\\s+(?:de\\s+)?(?<year>\\d{4}))?`),
    ({ day = '', year = '' }) => `${day} ${ENGLISH_MONTHS[index]} ${year}`.trim(),
  ]);
}

const ENGLISH_MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** A time of day: `9h`, `9h30`, `9:30`, `9 horas`, with words for a half and a quarter, and for the part of the day. */
export function clock(words: {
  half: string;
  quarter: string;
  morning: string;
  later: string;
}): Phrase {
  const fraction = `(?:\\s+(?:(?<half>${words.half})|(?<quarter>${words.quarter})))?`;
  const part = `(?:\\s+(?:(?<morning>${words.morning})|(?<later>${words.later})))?`;
  const minutes = '(?:[:h](?<minutes>\\d{2})|(?<full>\\s*(?:horas?|hs?)))?';
  return [
    sticky(`(?<hour>\\d{1,2})${minutes}${fraction}${part}`),
    ({ hour = '', minutes, full, half, quarter, morning, later }) => {
      if ([minutes, full, half, quarter, morning, later].every((one) => one === undefined)) {
        return hour;
      }
      const minute = minutes ?? (half ? '30' : quarter ? '15' : '00');
      const isAfternoon = later !== undefined && Number(hour) < 12;
      return `${Number(hour) + (isAfternoon ? 12 : 0)}:${minute}`;
    },
  ];
}

/** A time from now, in one part or several: `em 2 horas e 30 minutos`. */
export function fromNow(words: {
  lead: string;
  and: string;
  one: string;
  halfAnHour: string;
  units: Readonly<Record<'seconds' | 'minutes' | 'hours' | 'days' | 'weeks', string>>;
}): Phrase {
  const units = Object.entries(words.units);
  const anyUnit = units.map(([, unit]) => unit).join('|');
  const count = `\\d{1,4}(?:[.,]\\d{1,2})?`;
  const part = `(?:(?:${count}\\s*|(?:${words.one})\\s+)(?:${anyUnit})|${words.halfAnHour})${END}`;
  const join = `(?:\\s*,\\s*|\\s+(?:${words.and}\\s+)?)`;
  const all = (source: string): RegExp => new RegExp(`(?<!\\p{L})(?:${source})${END}`, 'giu');
  return [
    sticky(`(?:${words.lead})\\s+(?<parts>${part}(?:${join}${part})*)`),
    ({ parts = '' }) =>
      units.reduce(
        (text, [english, unit]) => text.replace(all(unit), ` ${english}`),
        `in ${parts}`
          .replace(all(words.halfAnHour), '30 minutes')
          .replace(all(words.one), '1')
          .replace(all(words.and), 'and'),
      ),
  ];
}
