import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { afterTime } from '../../../src/lib/times/after-time.ts';
import { leadingTime } from '../../../src/lib/times/leading-time.ts';

/** A Wednesday, half past two in the afternoon in Lisbon. */
const ASKED_AT = Date.parse('2026-11-18T14:30:20Z');

const read = (
  text: string,
  { locale = 'en', timeZone = 'Europe/Lisbon', askedAt = ASKED_AT } = {},
) => {
  const found = leadingTime(text, { askedAt, timeZone, locale });
  if (found === undefined) return undefined;
  const at = found.at === undefined ? undefined : new Date(found.at).toISOString().slice(0, 19);
  return { at, rest: afterTime(text, found.length) };
};

type Row = readonly [text: string, at: string, rest?: string];

const ENGLISH: readonly Row[] = [
  ['tomorrow 9:00 Good morning', '2026-11-19T09:00:00', 'Good morning'],
  ['9:00 tomorrow Good morning', '2026-11-19T09:00:00', 'Good morning'],
  ['tomorrow at 9 Good morning', '2026-11-19T09:00:00', 'Good morning'],
  ['tomorrow at 9 in the morning Hello', '2026-11-19T09:00:00', 'Hello'],
  ['at 3 pm tomorrow: Hello', '2026-11-19T15:00:00', 'Hello'],
  ['the day after tomorrow 9:00 Hello', '2026-11-20T09:00:00', 'Hello'],
  ['today 18:00 Hello', '2026-11-18T18:00:00', 'Hello'],
  ['tonight at 8 Hello', '2026-11-18T20:00:00', 'Hello'],
  ['15:00 Hello', '2026-11-18T15:00:00', 'Hello'],
  ['14:00 Hello', '2026-11-19T14:00:00', 'Hello'],
  ['15:30:05 Hello', '2026-11-18T15:30:05', 'Hello'],
  ['noon Hello', '2026-11-19T12:00:00', 'Hello'],
  ['Friday at 3pm Hello', '2026-11-20T15:00:00', 'Hello'],
  ['on Friday at 10 Hello', '2026-11-20T10:00:00', 'Hello'],
  ['Wednesday 15:00 Hello', '2026-11-18T15:00:00', 'Hello'],
  ['Wednesday 9:00 Hello', '2026-11-25T09:00:00', 'Hello'],
  ['20 Nov 2026 at 9:00 Hello', '2026-11-20T09:00:00', 'Hello'],
  ['December 25th at 10am Hello', '2026-12-25T10:00:00', 'Hello'],
  ['1/2 9:00 Hello', '2027-01-02T09:00:00', 'Hello'],
  ['2026-11-20 09:00 Hello', '2026-11-20T09:00:00', 'Hello'],
  ['in 20 minutes Back from lunch', '2026-11-18T14:50:20', 'Back from lunch'],
  ['in 2 hours and 30 minutes Hello', '2026-11-18T17:00:20', 'Hello'],
  ['in 1h 30m Hello', '2026-11-18T16:00:20', 'Hello'],
  ['in half an hour Hello', '2026-11-18T15:00:20', 'Hello'],
  ['in 3s Hello', '2026-11-18T14:30:23', 'Hello'],
  ['20 minutes from now Hello', '2026-11-18T14:50:20', 'Hello'],
  ['in a week Hello', '2026-11-25T14:30:20', 'Hello'],
  ['in 3 days at 8:00 Hello', '2026-11-21T08:00:00', 'Hello'],
  ['9:00 UTC Hello', '2026-11-19T09:00:00', 'Hello'],
  ['9:00 EST Hello', '2026-11-19T14:00:00', 'Hello'],
  ['9:00 +02:00 Hello', '2026-11-19T07:00:00', 'Hello'],
  ['yesterday 9:00 Hello', '2026-11-17T09:00:00', 'Hello'],
  ['last friday 9:00 Hello', '2026-11-13T09:00:00', 'Hello'],
  ['2024-01-01 9:00 Hello', '2024-01-01T09:00:00', 'Hello'],
];

/** What begins like more of a time, and is the text. */
const BEGINNINGS: readonly Row[] = [
  ['tomorrow 9:00 morning all', '2026-11-19T09:00:00', 'morning all'],
  ['tomorrow 9:00 second try', '2026-11-19T09:00:00', 'second try'],
  ['tomorrow 9:00 Eat your breakfast', '2026-11-19T09:00:00', 'Eat your breakfast'],
  ['tomorrow 9:00 A message', '2026-11-19T09:00:00', 'A message'],
  ['tomorrow 9:00 5 people are coming', '2026-11-19T09:00:00', '5 people are coming'],
  ['tomorrow 9:00 at the office', '2026-11-19T09:00:00', 'at the office'],
  ['9:00 May I ask', '2026-11-19T09:00:00', 'May I ask'],
  ['tomorrow 9:00 on Monday we meet', '2026-11-19T09:00:00', 'on Monday we meet'],
  ['tomorrow 9:00 the call is at 10:00', '2026-11-19T09:00:00', 'the call is at 10:00'],
  ['tomorrow 9:00, Hello', '2026-11-19T09:00:00', 'Hello'],
  ['tomorrow 9:00: Hello', '2026-11-19T09:00:00', 'Hello'],
  ['tomorrow 9:00 — Hello', '2026-11-19T09:00:00', 'Hello'],
  ['tomorrow 9:00 - Hello', '2026-11-19T09:00:00', 'Hello'],
  ['tomorrow 9:00 -5 degrees', '2026-11-19T09:00:00', '-5 degrees'],
  ['tomorrow 9:00 :tada: Hello', '2026-11-19T09:00:00', ':tada: Hello'],
  ['tomorrow 9:00\n\nHello\n  there', '2026-11-19T09:00:00', 'Hello\n  there'],
  ['tomorrow 9:00', '2026-11-19T09:00:00', ''],
];

const PORTUGUESE: readonly Row[] = [
  ['amanhã 9:00 Bom dia', '2026-11-19T09:00:00', 'Bom dia'],
  ['amanhã às 9h Bom dia', '2026-11-19T09:00:00', 'Bom dia'],
  ['amanha as 9h30 Bom dia', '2026-11-19T09:30:00', 'Bom dia'],
  ['amanhã às 9 horas Bom dia', '2026-11-19T09:00:00', 'Bom dia'],
  ['amanhã às 9 e meia Bom dia', '2026-11-19T09:30:00', 'Bom dia'],
  ['amanhã às 9 da manhã Bom dia', '2026-11-19T09:00:00', 'Bom dia'],
  ['amanhã às 3 da tarde Oi', '2026-11-19T15:00:00', 'Oi'],
  ['amanhã ao meio-dia Oi', '2026-11-19T12:00:00', 'Oi'],
  ['depois de amanhã às 9h Oi', '2026-11-20T09:00:00', 'Oi'],
  ['hoje às 18h Até amanhã', '2026-11-18T18:00:00', 'Até amanhã'],
  ['sexta-feira às 14:00 Voltei', '2026-11-20T14:00:00', 'Voltei'],
  ['na quarta às 9:00 Oi', '2026-11-25T09:00:00', 'Oi'],
  ['próxima segunda às 9h Oi', '2026-11-23T09:00:00', 'Oi'],
  ['terça que vem às 9h Oi', '2026-11-24T09:00:00', 'Oi'],
  ['20 de novembro às 9:00 Oi', '2026-11-20T09:00:00', 'Oi'],
  ['dia 20/11/2026 às 9:00 Oi', '2026-11-20T09:00:00', 'Oi'],
  ['10/12 9:00 Oi', '2026-12-10T09:00:00', 'Oi'],
  ['em 20 minutos Voltei', '2026-11-18T14:50:20', 'Voltei'],
  ['daqui a uma hora Oi', '2026-11-18T15:30:20', 'Oi'],
  ['em 2 horas e 30 minutos Oi', '2026-11-18T17:00:20', 'Oi'],
  ['em meia hora Oi', '2026-11-18T15:00:20', 'Oi'],
  ['em 3 dias às 8h Oi', '2026-11-21T08:00:00', 'Oi'],
  ['tomorrow 9:00 Bom dia', '2026-11-19T09:00:00', 'Bom dia'],
  ['in 20 minutes Voltei', '2026-11-18T14:50:20', 'Voltei'],
];

const SPANISH: readonly Row[] = [
  ['mañana a las 9:00 Buenos días', '2026-11-19T09:00:00', 'Buenos días'],
  ['mañana a las 9h Buenos días', '2026-11-19T09:00:00', 'Buenos días'],
  ['mañana a las 9 y media Hola', '2026-11-19T09:30:00', 'Hola'],
  ['mañana a las 9 de la mañana Hola', '2026-11-19T09:00:00', 'Hola'],
  ['mañana a las 3 de la tarde Hola', '2026-11-19T15:00:00', 'Hola'],
  ['mañana al mediodía Hola', '2026-11-19T12:00:00', 'Hola'],
  ['pasado mañana a las 9:00 Hola', '2026-11-20T09:00:00', 'Hola'],
  ['hoy a las 18:00 Hasta mañana', '2026-11-18T18:00:00', 'Hasta mañana'],
  ['el viernes a las 15:00 Hola', '2026-11-20T15:00:00', 'Hola'],
  ['el próximo lunes a las 9 Hola', '2026-11-23T09:00:00', 'Hola'],
  ['miércoles 9:00 Hola', '2026-11-25T09:00:00', 'Hola'],
  ['el 20 de noviembre a las 9:00 Hola', '2026-11-20T09:00:00', 'Hola'],
  ['10/12 9:00 Hola', '2026-12-10T09:00:00', 'Hola'],
  ['en 20 minutos Ya volví', '2026-11-18T14:50:20', 'Ya volví'],
  ['dentro de una hora Hola', '2026-11-18T15:30:20', 'Hola'],
  ['en media hora Hola', '2026-11-18T15:00:20', 'Hola'],
  ['en 3 días a las 8:00 Hola', '2026-11-21T08:00:00', 'Hola'],
  ['tomorrow 9:00 Hola', '2026-11-19T09:00:00', 'Hola'],
];

for (const [language, locale, rows] of [
  ['English', 'en', ENGLISH],
  ['English before a text like a time', 'en', BEGINNINGS],
  ['Portuguese', 'pt-BR', PORTUGUESE],
  ['Spanish', 'es', SPANISH],
] as const) {
  describe(`a time in ${language}`, () => {
    for (const [text, at, rest] of rows) {
      it(JSON.stringify(text), () => assert.deepEqual(read(text, { locale }), { at, rest }));
    }
  });
}

describe('what has no time of day at its beginning', () => {
  const texts = ['', 'Hello', 'Hello tomorrow 9:00', 'tomorrow Hello', 'monday Hello', '9 Hello'];
  const wrong = ['tomorrow 25:00 Hello', '2026-02-30 9:00 Hello', 'now Hello', '2 days ago Hello'];
  const words = ['tomorrow morning Hello', 'next week Hello', 'in Hello', 'in 20 Hello'];
  for (const text of [...texts, ...wrong, ...words]) {
    it(JSON.stringify(text), () => assert.equal(read(text), undefined));
  }
  for (const text of ['amanhã Bom dia', '5 coisas', 'em casa', 'quarta Oi']) {
    it(JSON.stringify(text), () => assert.equal(read(text, { locale: 'pt-BR' }), undefined));
  }
});

describe('where clocks change', () => {
  const beforeSpring = Date.parse('2026-03-27T12:00:00Z');
  const beforeAutumn = Date.parse('2026-10-23T12:00:00Z');
  const CHANGES: readonly [text: string, zone: string, askedAt: number, at: string][] = [
    ['28 March 9:00', 'Europe/Madrid', beforeSpring, '2026-03-28T08:00:00'],
    ['29 March 9:00', 'Europe/Madrid', beforeSpring, '2026-03-29T07:00:00'],
    // There is no half past two then: it moves by the hour that is left out.
    ['29 March 2:30', 'Europe/Madrid', beforeSpring, '2026-03-29T01:30:00'],
    ['24 October 9:00', 'Europe/Madrid', beforeAutumn, '2026-10-24T07:00:00'],
    ['25 October 9:00', 'Europe/Madrid', beforeAutumn, '2026-10-25T08:00:00'],
    // There are two: the first counts.
    ['25 October 2:30', 'Europe/Madrid', beforeAutumn, '2026-10-25T00:30:00'],
    ['in 3 days', 'Europe/Madrid', beforeSpring, '2026-03-30T11:00:00'],
    ['in 72 hours', 'Europe/Madrid', beforeSpring, '2026-03-30T12:00:00'],
    ['1 November 9:00', 'America/New_York', beforeAutumn, '2026-11-01T14:00:00'],
    ['8 March 2027 2:30', 'America/New_York', beforeAutumn, '2027-03-08T07:30:00'],
    ['26 October 9:00', 'Asia/Kolkata', beforeAutumn, '2026-10-26T03:30:00'],
  ];
  for (const [text, timeZone, askedAt, at] of CHANGES) {
    it(`${text} in ${timeZone}`, () => {
      assert.equal(read(text, { timeZone, askedAt })?.at, at);
    });
  }
});

describe('a day', () => {
  it('is the one that it is where the person is', () => {
    const askedAt = Date.parse('2026-11-18T23:30:00Z');
    const at = (timeZone: string) => read('today 23:45', { timeZone, askedAt })?.at;
    assert.equal(at('America/New_York'), '2026-11-19T04:45:00');
    assert.equal(at('Asia/Tokyo'), '2026-11-19T14:45:00');
  });

  it('comes before its month, except where dates are written otherwise', () => {
    const at = (locale: string) => read('10/12 9:00', { locale })?.at?.slice(5, 10);
    assert.deepEqual(['en', 'en-US', 'en-GB', 'en-IN', 'pt-BR', 'es-MX'].map(at), [
      ...['10-12', '10-12'],
      ...['12-10', '12-10', '12-10', '12-10'],
    ]);
  });
});

describe('without a time zone', () => {
  const at = (text: string) =>
    leadingTime(text, { askedAt: ASKED_AT, timeZone: undefined, locale: 'en' })?.at;

  it('a time from now, or one that tells its own zone, is known', () => {
    assert.equal(at('in 20 minutes'), Date.parse('2026-11-18T14:50:20Z'));
    assert.equal(at('9:00 EST'), Date.parse('2026-11-19T14:00:00Z'));
  });

  it('any other is read, but not known', () => {
    assert.equal(
      leadingTime('tomorrow 9:00 Hello', { askedAt: 0, timeZone: undefined, locale: 'en' })?.length,
      13,
    );
    for (const text of ['tomorrow 9:00', 'Friday 9:00', 'in 3 days']) {
      assert.equal(at(text), undefined, text);
    }
  });
});
