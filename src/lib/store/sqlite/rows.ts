import type { SQLOutputValue } from 'node:sqlite';

/** What of a row is there: the parsers of records.ts know no null. */
export function present(
  row: Readonly<Record<string, SQLOutputValue>>,
): Record<string, SQLOutputValue> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}
