import type { AccountStep, Entry, LedgerRecord, Settled } from '../journal/entry.ts';
import { callWords, statusOf } from './call-words.ts';
import type { Of } from './groups.ts';
import type { Names, StepWords, Tone } from './view.ts';

/** What happened in a step, for somebody who sees the design for the first time. */
export function stepWords(entry: Entry, earlier: readonly Entry[], names: Names): StepWords {
  switch (entry.kind) {
    case 'published':
      return publishedWords(entry, earlier);
    case 'delivered':
      return deliveredWords(entry, earlier);
    case 'acknowledged':
    case 'handed-back':
    case 'expired':
    case 'dead-lettered':
      return settledWords(entry);
    case 'ledger':
      return ledgerWords(entry);
    case 'call':
      return callWords(entry, names);
    case 'account':
      return accountWords(entry, names);
  }
}

function publishedWords(entry: Of<'published'>, earlier: readonly Entry[]): StepWords {
  const { subject, data } = entry;
  const isAgain = earlier.some(
    (other) => other.kind === 'published' && other.subject.kind === subject.kind,
  );
  const size = `${JSON.stringify(data).length.toLocaleString('en')} bytes`;
  const common = { to: 'pubsub', tone: 'busy' } as const;
  switch (subject.kind) {
    case 'due':
      return {
        ...common,
        from: 'postern',
        title: 'The relay publishes the request’s id',
        note: 'one road in: what was put aside comes back by the same topic',
      };
    case 'notification':
      return {
        ...common,
        from: 'postern',
        title: 'A system behind the firewall publishes',
        note: size,
      };
    default:
      return {
        ...common,
        from: 'chat',
        title: isAgain ? 'The same event is published again' : 'Chat publishes the event',
        note: [subject.dialect && `${subject.dialect} dialect`, size].filter(Boolean).join(', '),
      };
  }
}

function deliveredWords(
  { message, consumer }: Of<'delivered'>,
  earlier: readonly Entry[],
): StepWords {
  const before = earlier.filter((other) => other.kind === 'delivered' && other.message === message);
  const nth = before.length + 1;
  return {
    from: 'pubsub',
    to: 'postern',
    title: nth === 1 ? 'The subscriber pulls it' : `The subscriber pulls it again (${nth})`,
    note: `over stream ${consumer}`,
    tone: 'busy',
  };
}

function settledWords({ kind, backoffMs = 0 }: Settled): StepWords {
  const again = backoffMs === 0 ? 'it comes again' : `it comes again in ${backoffMs / 1000} s`;
  const back = { from: 'postern', to: 'pubsub' } as const;
  switch (kind) {
    case 'acknowledged':
      return { ...back, title: 'Acked', note: 'Pub/Sub may forget it now', tone: 'good' };
    case 'handed-back':
      return { ...back, title: 'Nacked: not now', note: again, tone: 'waits' };
    case 'expired':
      return {
        from: 'pubsub',
        to: 'pubsub',
        title: 'Nobody acked in time',
        note: again,
        tone: 'bad',
      };
    case 'dead-lettered':
      return {
        from: 'pubsub',
        to: 'pubsub',
        title: 'Given up',
        note: 'it goes to the dead-letter topic',
        tone: 'bad',
      };
  }
}

function ledgerWords({ record, before }: Of<'ledger'>): StepWords {
  const [title, note, tone] = LEDGER[record.state](record, before);
  return { from: 'postern', to: 'postern', title, note, tone };
}

type LedgerWords = (
  record: LedgerRecord,
  before: LedgerRecord['state'] | undefined,
) => [title: string, note: string, tone: Tone];

const LEDGER: Readonly<Record<LedgerRecord['state'], LedgerWords>> = {
  running: (_record, before) => [
    before === undefined ? 'Ledger: new, so it is claimed' : 'Ledger: claimed',
    'nobody else works on it now',
    'busy',
  ],
  released: ({ failures }) => [
    'Ledger: handed back',
    failures === 0 ? 'for the next delivery' : `failed ${failures} times so far`,
    'waits',
  ],
  waiting: () => ['Ledger: put aside', 'until its person consents', 'waits'],
  scheduled: () => ['Ledger: put aside', 'until its hour', 'waits'],
  due: (_record, before) => [
    before === 'due' ? 'Ledger: taken by the relay' : 'Ledger: due',
    before === 'waiting' ? 'the consent is saved: in the same transaction' : '',
    'busy',
  ],
  done: ({ outcome = '' }) => [
    `Ledger: done, ${outcome}`,
    'whatever comes now is a duplicate',
    outcome === 'refused' || outcome === 'failed' ? 'bad' : 'good',
  ],
};

function accountWords(entry: Of<'account'>, names: Names): StepWords {
  const { step, status, tookMs, person } = entry;
  const who = person === undefined ? 'somebody' : names.person(person);
  const words = ACCOUNTS[step](who, names.app);
  const took = `${statusOf(status)} · ${tookMs} ms`;
  return { tone: 'busy', note: words.from === 'postern' ? took : '', ...words };
}

type AccountWords = (
  who: string,
  app: string,
) => Pick<StepWords, 'from' | 'to' | 'title'> & Partial<StepWords>;

const PAGE = { from: 'accounts', to: 'accounts' } as const;
const BACK = { from: 'accounts', to: 'postern' } as const;
const ASKED = { from: 'postern', to: 'accounts' } as const;

const ACCOUNTS: Readonly<Record<AccountStep, AccountWords>> = {
  'account-asked': () => ({
    from: 'chat',
    to: 'accounts',
    title: 'The card’s link leads a browser to Google',
    note: 'which account?',
  }),
  'consent-shown': (who, app) => ({ ...PAGE, title: `${who} reads what ${app} asks for` }),
  'warning-shown': (who) => ({ ...PAGE, title: `${who} is warned of the app` }),
  'consent-given': (who) => ({
    ...BACK,
    title: `${who} allows it`,
    note: 'the browser brings a code to oauth-web',
    tone: 'good',
  }),
  'consent-denied': (who) => ({ ...BACK, title: `${who} says no`, tone: 'bad' }),
  'sign-in-refused': (who) => ({ ...PAGE, title: `Google refuses ${who}`, tone: 'bad' }),
  'code-exchanged': (who) => ({
    ...ASKED,
    title: `oauth-web exchanges the code: it is ${who}`,
    tone: 'good',
  }),
  'token-refreshed': (who) => ({
    ...ASKED,
    title: `A fresh access token of ${who}’s`,
    tone: 'good',
  }),
  'token-delegated': (who) => ({
    ...ASKED,
    title: `An access token for ${who}, by delegation`,
    tone: 'good',
  }),
  'token-refused': () => ({ ...ASKED, title: 'Google gives no token', tone: 'bad' }),
  'access-revoked': (who, app) => ({
    ...ASKED,
    title: `${app}’s access to ${who} ends`,
    tone: 'quiet',
  }),
  'assertion-signed': () => ({ ...ASKED, title: 'Google signs for the service account' }),
};
