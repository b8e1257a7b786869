import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

const row = z.object({
  id: z.string(),
  state: z.string(),
  outcome: z.string().nullable(),
  failures: z.number(),
});

/** What the app has written down of a request. */
export type LedgerEntry = z.infer<typeof row>;

/** States that nobody works on: the app waits for a person or for an hour, or for nothing any more. */
const AT_REST = new Set(['done', 'waiting', 'scheduled']);

/** All requests of the app, as its SQLite database has them now. */
export function readLedger(database: string): LedgerEntry[] {
  const opened = new DatabaseSync(database, { readOnly: true });
  try {
    return z
      .array(row)
      .parse(opened.prepare('SELECT id, state, outcome, failures FROM requests').all());
  } finally {
    opened.close();
  }
}

export function isAtRest(entries: readonly LedgerEntry[]): boolean {
  return entries.every(({ state }) => AT_REST.has(state));
}
