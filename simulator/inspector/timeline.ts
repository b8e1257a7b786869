import type { Entry, Published } from '../journal/entry.ts';
import { fixtureName } from './fixture.ts';
import { type Group, only } from './groups.ts';
import { rowOf } from './rows.ts';
import { stepWords } from './step-words.ts';
import type { Names, Step, Timeline } from './view.ts';

/** From so many milliseconds on, it is worth telling what the time was spent on. */
const LONG_MS = 1000;

/** The whole of something that happened, step by step. */
export function timelineOf(group: Group, names: Names): Timeline {
  const { entries } = group;
  const begun = only('published', entries).find(({ subject }) => subject.kind !== 'due');
  const again = begun?.subject.kind === 'notification' ? 'deliver' : 'publish';
  return {
    ...rowOf(group, names),
    steps: entries.map((entry, index) => stepOf(entry, entries.slice(0, index), names)),
    requestId: entries.find(({ requestId }) => requestId !== undefined)?.requestId,
    ledger: only('ledger', entries).at(-1)?.record,
    message: begun && { id: begun.message, again, fixture: fixtureName(begun.subject) },
  };
}

function stepOf(entry: Entry, earlier: readonly Entry[], names: Names): Step {
  const sinceMs = entry.at - (earlier.at(-1)?.at ?? entry.at);
  return {
    n: entry.n,
    at: entry.at,
    sinceMs,
    waited: sinceMs >= LONG_MS ? waitedFor(entry, earlier, sinceMs) : undefined,
    ...stepWords(entry, earlier, names),
    details: detailsOf(entry),
  };
}

/** What the app waited for meanwhile. */
function waitedFor(entry: Entry, earlier: readonly Entry[], sinceMs: number): string | undefined {
  const state = only('ledger', earlier).at(-1)?.record.state;
  if (state === 'waiting') return 'waits for the consent';
  if (state === 'scheduled') return 'waits for its hour';
  const last = earlier.findLast(({ kind }) => kind !== 'ledger');
  if (last?.kind === 'handed-back' || last?.kind === 'expired') return 'Pub/Sub keeps it back';
  if (last?.kind === 'published') return 'nobody pulls';
  // Chat's quota for a space. The app keeps to it by itself.
  const isPaced = entry.kind === 'call' && last?.kind === 'call' && sinceMs < LONG_MS * 2;
  return isPaced ? 'its turn: one a second in a space' : undefined;
}

function detailsOf(entry: Entry): Step['details'] {
  switch (entry.kind) {
    case 'published':
      return publishedDetails(entry);
    case 'ledger':
      return [{ label: 'Record', value: entry.record }];
    case 'call':
    case 'account': {
      const { verb, url, authorization, request, status, location, response } = entry;
      return [
        { label: 'Request', value: { method: verb, url, authorization, body: request } },
        { label: 'Response', value: { status, location, body: response } },
      ];
    }
    default: {
      const { n: _n, at: _at, requestId: _requestId, kind: _kind, ...handover } = entry;
      return [{ label: 'Delivery', value: handover }];
    }
  }
}

function publishedDetails({
  data,
  subject,
  dialects,
  message,
  topic,
  attributes,
}: Published): Step['details'] {
  const other = subject.dialect === 'classic' ? 'add-on' : 'classic';
  const asPublished =
    subject.dialect === undefined ? 'Data' : `As published: ${subject.dialect} dialect`;
  const events = dialects?.[other];
  return [
    { label: asPublished, value: data },
    ...(events === undefined || subject.dialect === undefined
      ? []
      : [{ label: `In the ${other} dialect`, value: inOther(events) }]),
    { label: 'Pub/Sub message', value: { messageId: message, topic, attributes } },
  ];
}

/** Mostly one; adding by mention is two in the add-on dialect, and some clicks are none. */
function inOther(events: readonly object[]): unknown {
  if (events.length === 0) return 'Chat tells the app nothing of it in this dialect.';
  return events.length === 1 ? events[0] : events;
}
