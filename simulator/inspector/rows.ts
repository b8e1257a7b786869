import type { Entry } from '../journal/entry.ts';
import { isPosted, viewerOf } from './call-words.ts';
import { type Group, type Of, only } from './groups.ts';
import { stepWords } from './step-words.ts';
import { type Names, type Row, type RowKind, type State, TROUBLED_STEPS } from './view.ts';

/** One line for something that happened: what it was, how it stands, and how long it took. */
export function rowOf({ key, entries }: Group, names: Names): Row {
  const [first] = entries;
  const begun = only('published', entries).find(({ subject }) => subject.kind !== 'due');
  const end = answeredAt(entries);
  const at = first?.at ?? 0;
  const state = stateOf(entries, names);
  const isAnswered = begun !== undefined && end !== undefined && state.tone === 'good';
  return {
    key,
    kind: kindOf(entries),
    at,
    title: titleOf(entries, names),
    text: begun?.subject.text ?? '',
    person: names.person(personIn(entries)),
    state,
    tookMs: isAnswered ? end - at : undefined,
    hasTrouble: entries.some(isTrouble),
    words: [...new Set(entries.map((entry) => stepWords(entry, [], names).title))].join(' '),
  };
}

function kindOf(entries: readonly Entry[]): RowKind {
  const published = only('published', entries);
  const [begun] = published.toSorted(dueLast);
  if (begun !== undefined) return begun.subject.kind;
  const [first] = entries;
  return first?.kind === 'call' || first?.kind === 'account' ? first.kind : 'rest';
}

/** What the relay publishes says least. */
function dueLast(one: Of<'published'>, other: Of<'published'>): number {
  return Number(one.subject.kind === 'due') - Number(other.subject.kind === 'due');
}

function titleOf(entries: readonly Entry[], names: Names): string {
  const [begun] = only('published', entries).toSorted(dueLast);
  const [first] = entries;
  if (begun === undefined) return first === undefined ? '' : stepWords(first, [], names).title;
  const { kind, person, space } = begun.subject;
  const who = person === undefined ? 'Somebody' : names.person(person);
  const where = space === undefined ? '' : ` in ${names.space(space)}`;
  switch (kind) {
    case 'message':
      return `${who}${where}`;
    case 'command':
      return `${who}${where}, a command`;
    case 'click':
      return `${who}${where} pressed a button`;
    case 'added':
      return `${who} added ${names.app} to ${names.space(space)}`;
    case 'removed':
      return `${who} removed ${names.app} from ${names.space(space)}`;
    case 'notification':
      return `A system’s notification${space === undefined ? ' by webhook' : where}`;
    case 'due':
      return `A request from earlier${where}`;
    case 'ignored':
    case 'unreadable':
      return `${who}${where}`;
  }
}

/** Whose it is. */
function personIn(entries: readonly Entry[]): string | undefined {
  const persons = entries.map((entry) => {
    if (entry.kind === 'published') return entry.subject.person;
    if (entry.kind === 'account') return entry.person;
    return entry.kind === 'call' && entry.principal?.startsWith('users/')
      ? entry.principal
      : undefined;
  });
  return persons.find((person) => person !== undefined);
}

function answeredAt(entries: readonly Entry[]): number | undefined {
  const last = only('call', entries).findLast(isPosted);
  return last && last.at + last.tookMs;
}

/** What the ledger says, else Pub/Sub, else the one thing that happened. */
function stateOf(entries: readonly Entry[], names: Names): State {
  const record = only('ledger', entries).at(-1)?.record;
  switch (record?.state) {
    case 'running':
      return { text: 'Being worked on', tone: 'busy' };
    case 'released':
      return { text: 'Handed back, comes again', tone: 'waits' };
    case 'waiting':
      return { text: `Waits for ${names.person(personIn(entries))}’s consent`, tone: 'waits' };
    case 'scheduled':
      return { text: 'Waits for its hour', tone: 'waits' };
    case 'due':
      return { text: 'Due', tone: 'busy' };
    case 'done':
      return doneState(record.outcome ?? '', entries, names);
    case undefined:
      return stateWithoutLedger(entries, names);
  }
}

function doneState(outcome: string, entries: readonly Entry[], names: Names): State {
  if (outcome === 'answered') return { text: answerOf(entries, names), tone: 'good' };
  if (outcome === 'refused') return { text: 'Refused', tone: 'bad' };
  if (outcome === 'failed') return { text: 'Failed for good', tone: 'bad' };
  return { text: outcome === 'cancelled' ? 'Cancelled' : 'Forgotten', tone: 'quiet' };
}

function answerOf(entries: readonly Entry[], names: Names): string {
  const posts = only('call', entries).filter(isPosted);
  const asPerson = posts.find(({ principal }) => principal?.startsWith('users/'));
  if (asPerson !== undefined) return `Answered as ${names.person(asPerson.principal)}`;
  if (posts.length === 0) return 'Done';
  if (posts.some(({ principal }) => principal === 'webhook')) return 'Posted by webhook';
  return posts.every((post) => viewerOf(post) !== undefined)
    ? 'Answered privately'
    : 'Answered as the app';
}

function stateWithoutLedger(entries: readonly Entry[], names: Names): State {
  const [first] = entries;
  const last = entries.findLast(
    ({ kind }) => kind !== 'call' && kind !== 'account' && kind !== 'ledger',
  );
  if (last === undefined) {
    const { tone, note } = first
      ? stepWords(first, [], names)
      : { tone: 'quiet' as const, note: '' };
    return { text: note, tone };
  }
  const reason = only('published', entries).find(({ subject }) => subject.reason)?.subject.reason;
  if (last.kind === 'acknowledged') {
    if (reason === undefined) return { text: 'Acked', tone: 'good' };
    return { text: `None of the app’s business: ${reason}`, tone: 'quiet' };
  }
  return WITHOUT_LEDGER[last.kind] ?? { text: '', tone: 'quiet' };
}

const WITHOUT_LEDGER: Readonly<Partial<Record<Entry['kind'], State>>> = {
  published: { text: 'Nobody has pulled it', tone: 'waits' },
  delivered: { text: 'Delivered', tone: 'busy' },
  'handed-back': { text: 'Handed back, comes again', tone: 'waits' },
  expired: { text: 'Not acked in time, comes again', tone: 'bad' },
  'dead-lettered': { text: 'Given up by Pub/Sub', tone: 'bad' },
};

function isTrouble(entry: Entry): boolean {
  switch (entry.kind) {
    case 'call':
      return entry.status === 0 || (entry.status >= 400 && entry.status !== 409);
    case 'account':
      return TROUBLED_STEPS.has(entry.step);
    case 'ledger':
      return ['refused', 'failed'].includes(entry.record.outcome ?? '');
    case 'handed-back':
    case 'expired':
    case 'dead-lettered':
      return true;
    case 'published':
      return entry.subject.kind === 'unreadable';
    default:
      return false;
  }
}
