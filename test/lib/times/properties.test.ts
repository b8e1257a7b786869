import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { days } from '../../../src/lib/clock.ts';
import { afterTime } from '../../../src/lib/times/after-time.ts';
import { leadingTime } from '../../../src/lib/times/leading-time.ts';

const aZone = fc.constantFrom(
  ...Intl.supportedValuesOf('timeZone').filter((_, index) => index % 7 === 0),
);
const aMoment = fc.integer({
  min: Date.parse('2020-01-01T00:00:00Z'),
  max: Date.parse('2037-12-31T00:00:00Z'),
});
const aText = fc.oneof(
  fc.lorem(),
  fc.string({ unit: 'binary' }).map((text) => `Hello ${text}`),
);
const aLocale = fc.constantFrom('en', 'en-GB', 'pt-BR', 'es');

/** What a clock on the wall there shows: 2026-11-20 09:05. */
function wallClock(time: number, timeZone: string): string {
  const format = { dateStyle: 'short', timeStyle: 'short', timeZone } as const;
  return new Intl.DateTimeFormat('sv-SE', format).format(time);
}

it('a date and a time mean what the clocks of the zone show then', () => {
  fc.assert(
    fc.property(aZone, aMoment, aLocale, aText, (timeZone, moment, locale, text) => {
      const shown = wallClock(moment, timeZone);
      const found = leadingTime(`${shown} ${text}`, {
        askedAt: moment - days(1),
        timeZone,
        locale,
      });
      assert.ok(found?.at !== undefined, shown);
      assert.equal(wallClock(found.at, timeZone), shown);
      // Where clocks are set back, there are two such times.
      assert.ok(Math.abs(found.at - moment) < days(1));
    }),
  );
});

it('what follows the time is neither lost nor changed', () => {
  fc.assert(
    fc.property(aMoment, aLocale, fc.lorem(), (askedAt, locale, text) => {
      const teller = { askedAt, timeZone: 'Europe/Lisbon', locale };
      for (const time of ['tomorrow 9:00', 'in 20 minutes', '2038-01-20 18:30']) {
        const written = `${time} ${text}`;
        assert.equal(afterTime(written, leadingTime(written, teller)?.length ?? 0), text);
      }
    }),
  );
});

it('the time and the text are what was written, whatever it was', () => {
  const words = [
    'tomorrow',
    '9:00',
    'in',
    '20',
    'minutes',
    'às',
    '9h',
    'a las',
    'Friday',
    '-',
    ':',
    'hi',
  ];
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc
      .array(fc.constantFrom(...words, '\n', '1/2', '2026-02-30', '+99:99'))
      .map((all) => all.join(' ')),
  );
  fc.assert(
    fc.property(anything, aZone, aLocale, aMoment, (text, timeZone, locale, askedAt) => {
      const found = leadingTime(text, { askedAt, timeZone, locale });
      if (found === undefined) return;
      assert.ok(found.length > 0 && found.length <= text.length);
      assert.ok(text.endsWith(afterTime(text, found.length)));
      assert.ok(Number.isSafeInteger(found.at));
    }),
  );
});
