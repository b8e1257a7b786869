/** What the inspector's journal holds: everything that happens between Chat, Pub/Sub, the app and Google, as it happens. */
export type Entry = Stamp & Happened;

interface Stamp {
  /** Grows with every entry. */
  n: number;
  /** When it began, in milliseconds since the epoch. */
  at: number;
  /** The request of the app that it belongs to, where that is known. */
  requestId?: string | undefined;
}

/** What a producer hands in. */
export type NewEntry = Omit<Stamp, 'n'> & Happened;

export type Happened =
  | Published
  | Delivered
  | Settled
  | LedgerChanged
  | (Exchange & { kind: 'call'; principal?: string | undefined })
  | (Exchange & { kind: 'account'; step: AccountStep; person?: string | undefined });

/** A message on a topic. */
export interface Published {
  kind: 'published';
  /** Pub/Sub's id of it. */
  message: string;
  /** The full name. */
  topic: string;
  subject: Subject;
  /** The data: JSON if it is any, else text. */
  data: unknown;
  attributes: Readonly<Record<string, string>>;
  /** The same happening in both dialects, when it is one of Chat's. */
  dialects?: Dialects | undefined;
}

/** What Chat tells of one happening, in each of its dialects: one event, several, or none. */
export interface Dialects {
  classic: readonly object[];
  'add-on': readonly object[];
}

/** What a Pub/Sub message is about. */
export interface Subject {
  kind:
    | 'message'
    | 'command'
    | 'added'
    | 'removed'
    | 'click'
    | 'notification'
    /** A request that the app's relay calls back. */
    | 'due'
    /** None of the app's business. */
    | 'ignored'
    | 'unreadable';
  /** `users/{id}` */
  person?: string | undefined;
  /** `spaces/{id}` */
  space?: string | undefined;
  /** What was written, or which button was pressed. */
  text?: string | undefined;
  /** Why it is ignored or can't be read. */
  reason?: string | undefined;
  /** In which dialect it came. */
  dialect?: 'classic' | 'add-on' | undefined;
}

/** Where a delivery went. */
interface Handover {
  message: string;
  /** The full name. */
  subscription: string;
  /** Which of the streams and pulls of this subscription, from 1. */
  consumer: number;
  /** From 1; what was handed back or kept too long comes again. */
  attempt: number;
}

export interface Delivered extends Handover {
  kind: 'delivered';
}

/** How a delivery ended. */
export interface Settled extends Handover {
  kind: 'acknowledged' | 'handed-back' | 'expired' | 'dead-lettered';
  /** How long Pub/Sub keeps it back then, in milliseconds. */
  backoffMs?: number | undefined;
}

export interface LedgerChanged {
  kind: 'ledger';
  record: LedgerRecord;
  /** The state before; absent when the record is new. */
  before?: LedgerRecord['state'] | undefined;
}

/** A record of the app's ledger, but for what it keeps of the request. Times in milliseconds since the epoch. */
export interface LedgerRecord {
  state: 'running' | 'released' | 'waiting' | 'scheduled' | 'due' | 'done';
  failures: number;
  expiresAt: number;
  leaseUntil?: number | undefined;
  since?: number | undefined;
  dueAt?: number | undefined;
  scheduledFor?: number | undefined;
  outcome?: string | undefined;
}

/** One HTTP request, and what came of it. */
export interface Exchange {
  verb: string;
  /** Path and query. */
  url: string;
  authorization?: string | undefined;
  /** JSON or the fields of a form; undefined when there was no body. */
  request?: unknown;
  /** 0: the answer never arrived. */
  status: number;
  response?: unknown;
  /** Where the browser was sent. */
  location?: string | undefined;
  tookMs: number;
}

/** What happened at Google accounts. */
export type AccountStep =
  | 'account-asked'
  | 'consent-shown'
  | 'warning-shown'
  | 'consent-given'
  | 'consent-denied'
  | 'sign-in-refused'
  | 'code-exchanged'
  | 'token-refreshed'
  | 'token-delegated'
  | 'token-refused'
  | 'access-revoked'
  | 'assertion-signed';
