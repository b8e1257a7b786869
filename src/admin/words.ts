import { type RequestId, requestId, userName } from '../lib/names.ts';
import type { RequestFilter } from '../lib/store/administration.ts';
import type { Person } from './invocation.ts';

/** Notes what is wrong. */
type Problem = (text: string) => undefined;

// Each reads one word of a command line. A word that is missing has been noted before.

const ADDRESS = /^[^\s@/]+@[\w-]+(\.[\w-]+)+$/;

export function readPerson(word: string | undefined, problem: Problem): Person | undefined {
  if (word === undefined) return undefined;
  if (ADDRESS.test(word)) return { email: word };
  const read = userName.safeParse(word);
  if (read.success) return { user: read.data };
  return problem(`“${word}” is no person: write users/123, or the address that grants list shows.`);
}

export function readId(word: string | undefined, problem: Problem): RequestId | undefined {
  if (word === undefined) return undefined;
  const read = requestId.safeParse(word);
  if (read.success) return read.data;
  return problem(
    `“${word}” is no request’s id: those have 64 hexadecimal digits, as requests list shows.`,
  );
}

const MOST_DAYS = 36_500;

export function readDays(word: string | undefined, problem: Problem): number | undefined {
  if (word === undefined) return problem('Say for how many days: --unused-for 180.');
  const days = /^\d{1,5}$/.test(word) ? Number(word) : 0;
  if (days >= 1 && days <= MOST_DAYS) return days;
  return problem(`--unused-for ${word} is no number of days, from 1 on.`);
}

/** By what one asks for requests: states of the ledger, and in place of “done” how they ended. */
export const FILTERS = {
  running: { state: 'running' },
  released: { state: 'released' },
  waiting: { state: 'waiting' },
  scheduled: { state: 'scheduled' },
  due: { state: 'due' },
  failed: { outcome: 'failed' },
  refused: { outcome: 'refused' },
  cancelled: { outcome: 'cancelled' },
  forgotten: { outcome: 'forgotten' },
  answered: { outcome: 'answered' },
} as const satisfies Record<string, RequestFilter>;

export function readFilter(word: string, problem: Problem): RequestFilter | undefined {
  if (isFilter(word)) return FILTERS[word];
  return problem(`--state ${word} is none of: ${Object.keys(FILTERS).join(', ')}.`);
}

function isFilter(word: string): word is keyof typeof FILTERS {
  return Object.hasOwn(FILTERS, word);
}
