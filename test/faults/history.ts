import type { Person } from './schedule.ts';

/** A request for a post. */
export interface Asked {
  by: Person;
  space: string;
  text: string;
  /** A post as them; or a question for their consent, which they don't give, and no post. */
  ends: 'post' | 'question';
}

/** What people did in a run, as they know it. What came of it, the simulator knows. */
export interface History {
  asked: Asked[];
  /** All that was written to Postern, commands included. */
  written: { by: Person; space: string }[];
  /** When somebody began to consent, with the account that was asked. Milliseconds since the epoch, as below. */
  consents: { by: Person; at: number }[];
  /** When somebody had been told that their connection has ended. */
  disconnections: { by: Person; at: number }[];
}

export function newHistory(): History {
  return { asked: [], written: [], consents: [], disconnections: [] };
}
