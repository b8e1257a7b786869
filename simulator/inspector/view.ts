import type { AccountStep, LedgerRecord, Subject } from '../journal/entry.ts';

/** What the page shows. */
export interface InspectorView {
  /** Newest first. */
  rows: Row[];
  /** What was chosen, from its beginning; null when it is not there any more, or nothing was chosen. */
  timeline: Timeline | null;
}

/** How something stands. */
export interface State {
  text: string;
  tone: Tone;
}

export type Tone = 'good' | 'busy' | 'waits' | 'bad' | 'quiet';

/** One thing that happened, with all that followed from it. */
export interface Row {
  key: string;
  kind: RowKind;
  /** When it began, in milliseconds since the epoch. */
  at: number;
  title: string;
  /** What was written, or the like. */
  text: string;
  /** Whose it is, by display name; empty for nobody's. */
  person: string;
  state: State;
  /** From the beginning to the answer, in milliseconds; absent while there is none. */
  tookMs?: number | undefined;
  /** Something in it went wrong, whatever came of it in the end. */
  hasTrouble: boolean;
  /** For the filter: what its steps are called. */
  words: string;
}

/** `rest`: what is left of something whose beginning is not remembered. */
export type RowKind = Subject['kind'] | 'call' | 'account' | 'rest';

export interface Timeline extends Row {
  steps: Step[];
  /** The id of its request in the app; absent when there is none. */
  requestId?: string | undefined;
  ledger?: LedgerRecord | undefined;
  /** The Pub/Sub message that can be published again, and saved. */
  message?: { id: string; again: 'publish' | 'deliver'; fixture: string } | undefined;
}

/** The lanes of the picture, from left to right. */
export const LANES = ['chat', 'pubsub', 'postern', 'accounts', 'api'] as const;
export type Lane = (typeof LANES)[number];

/** One step of the picture: an arrow from one lane to another, or something within one. */
export interface Step {
  n: number;
  at: number;
  /** Since the step before, in milliseconds. */
  sinceMs: number;
  /** What the time before it was spent on, when it was long. */
  waited?: string | undefined;
  from: Lane;
  to: Lane;
  title: string;
  note: string;
  tone: Tone;
  /** All that is known of it. */
  details: { label: string; value: unknown }[];
}

/** What words are found with. */
export interface Names {
  /** By `users/{id}`. */
  person(name: string | undefined): string;
  /** By `spaces/{id}`. */
  space(name: string | undefined): string;
  app: string;
}

/** The words of a step, and where it is in the picture. */
export type StepWords = Pick<Step, 'from' | 'to' | 'title' | 'note' | 'tone'>;

export const TROUBLED_STEPS: ReadonlySet<AccountStep> = new Set([
  'consent-denied',
  'sign-in-refused',
  'token-refused',
]);
