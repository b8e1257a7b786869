import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Lab } from '../lab.ts';
import { killAll, startWarm, trickle } from '../load.ts';
import { median } from '../stats.ts';
import { ms, type Row } from './row.ts';

/** Slow enough that no event meets another one. */
const EVERY_MS = 100;

/** What happens to an event, in order: the marks between which each step lies (`stopwatch.ts`, and this process). */
const STEPS = [
  ['Pub/Sub', 'published', 'delivered'],
  ['parse, queue', 'delivered', 'begin'],
  ['claim', 'begin', 'commit'],
  ['grant, token, request', 'commit', 'request'],
  ['to Chat', 'request', 'received'],
  ['answer', 'received', 'response'],
  ['read it', 'response', 'begin again'],
  ['complete', 'begin again', 'commit again'],
  ['ack', 'commit again', 'ack'],
] as const;

type Mark = (typeof STEPS)[number][1 | 2];
type Event = Partial<Record<Mark, number>>;

/** Where the time of one event goes. */
export async function measureTimeline(lab: Lab): Promise<Row[]> {
  const file = join(lab.folder, 'stopwatch.txt');
  const contestants = await startWarm(lab, ['postern, sqlite'], {
    nodeArgs: [`--import=${join(import.meta.dirname, '../contestants/stopwatch.ts')}`],
    environment: { STOPWATCH_FILE: file },
  });
  await wait(1000);
  const begunAt = sharedClock();
  const events: Event[] = [];
  for (const contestant of contestants) {
    const numbers = await trickle(contestant.place, lab.sizes.timelineEvents, EVERY_MS);
    await wait(1000);
    const marks = marksIn(file).filter(({ at }) => at >= begunAt);
    events.push(...numbers.map((number) => eventOf(lab, number, marks)));
  }
  await killAll(contestants);
  const steps = STEPS.map(([name, from, to]) => ({ name, ms: median(between(events, from, to)) }));
  const total = median(between(events, 'published', 'received'));
  return [
    {
      figure: 'Where an event’s time goes, one at a time, SQLite (medians)',
      goal: '—',
      measured: steps.map(({ name, ms: took }) => `${name} ${ms(took)}`).join(' · '),
      met: undefined,
      note: `Until Chat has the request ${ms(total)}`,
      data: { steps, total },
    },
  ];
}

function between(events: readonly Event[], from: Mark, to: Mark): number[] {
  return events.flatMap((event) => {
    const [begun, ended] = [event[from], event[to]];
    return begun === undefined || ended === undefined ? [] : [ended - begun];
  });
}

interface Marked {
  what: string;
  at: number;
}

function marksIn(file: string): Marked[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const [what = '', at] = line.split(' ');
      return { what, at: Number(at) };
    });
}

/** The clock that `stopwatch.ts` reads. */
function sharedClock(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** The marks of the time in which only this event was under way. */
function eventOf({ arrivals }: Lab, number: number, marks: readonly Marked[]): Event {
  const [published, received] = [arrivals.publishedAt(number), arrivals.receivedAt(number)];
  if (published === undefined || received === undefined) return {};
  const ahead = sharedClock() - performance.now();
  const begun = published + ahead;
  const event: Event = { published: begun, received: received + ahead };
  const own = marks.filter(({ at }) => at >= begun && at < begun + EVERY_MS);
  // The relay looks for what is due now and then: what comes after the delivery is meant.
  const from = own.findIndex(({ what }) => what === 'delivered');
  for (const { what, at } of from < 0 ? [] : own.slice(from)) {
    const name = isBefore(event, 'response') ? what : `${what} again`;
    if (isMark(name) && event[name] === undefined) event[name] = at;
    else if (what === 'ack') event.ack = at;
  }
  return event;
}

function isBefore(event: Event, mark: Mark): boolean {
  return event[mark] === undefined;
}

function isMark(name: string): name is Mark {
  return STEPS.some(([, from, to]) => name === from || name === to);
}
