import type { Entry, LedgerRecord, NewEntry } from '../../../simulator/journal/entry.ts';
import type { Journal } from '../../../simulator/journal/journal.ts';
import { createJournal } from '../../../simulator/journal/journal.ts';

export const ANA = 'users/104729183640527391846';
export const REQUEST = 'f'.repeat(64);
const TOPIC = 'projects/p/topics/postern';

const message = 'm1';
const delivery = { subscription: 'projects/p/subscriptions/postern', consumer: 1, attempt: 1 };

/** Entries of one request, in short; times are counted from its beginning. */
export const happened = {
  published: (at: number, subject: Partial<PublishedSubject> = {}): NewEntry => ({
    kind: 'published',
    at,
    requestId: REQUEST,
    message,
    topic: TOPIC,
    subject: { kind: 'message', person: ANA, dialect: 'classic', text: '@Postern hi', ...subject },
    data: { type: 'MESSAGE' },
    attributes: {},
    dialects: { classic: [{ type: 'MESSAGE' }], 'add-on': [{ chat: {} }] },
  }),
  delivered: (at: number): NewEntry => ({
    kind: 'delivered',
    at,
    requestId: REQUEST,
    message,
    ...delivery,
  }),
  settled: (at: number, kind: 'acknowledged' | 'handed-back' | 'expired'): NewEntry => ({
    kind,
    at,
    requestId: REQUEST,
    message,
    ...delivery,
    backoffMs: 2000,
  }),
  ledger: (
    at: number,
    state: LedgerRecord['state'],
    before?: LedgerRecord['state'],
    outcome?: string,
  ): NewEntry => ({
    kind: 'ledger',
    at,
    requestId: REQUEST,
    record: { state, failures: 0, expiresAt: 9, outcome },
    before,
  }),
  call: (at: number, principal: string, status = 200, request: object = {}): NewEntry => ({
    kind: 'call',
    at,
    requestId: REQUEST,
    verb: 'POST',
    url: '/v1/spaces/a/messages?messageId=x',
    principal,
    request,
    status,
    tookMs: 12,
  }),
};

type PublishedSubject = Extract<Entry, { kind: 'published' }>['subject'];

export function journalOf(entries: readonly NewEntry[]): Journal {
  const journal = createJournal();
  for (const entry of entries) journal.append(entry);
  return journal;
}
