import type { Practice, Variables } from '../practice.ts';

/** A set-up that works but for one thing, as a person would get it wrong, and what the doctor has to say. */
export interface BrokenSetUp {
  /** What is wrong. */
  what: string;
  /** Breaks it. What it returns are the variables to break it further with; what is to be mended comes from `mend`. */
  break: (practice: Practice) => Variables | Promise<Variables>;
  mend?: (practice: Practice) => unknown;
  /** Below which title it is told. */
  area: Area;
  cause: RegExp;
  remedy: RegExp;
  /** What else is broken by it, in the order of the report. There is nothing but the above and these. */
  also?: readonly RegExp[];
  /** What isn't looked at because of it. */
  skips?: readonly RegExp[];
  /** What can't be told because of it. */
  unknown?: readonly RegExp[];
}

export type Area =
  | 'Configuration'
  | 'Network'
  | 'Credentials'
  | 'Pub/Sub'
  | 'Google Chat'
  | 'Consent'
  | 'Store and keys';
