import { printable } from '../lib/printable.ts';

/** What came of a command. */
export interface Result {
  /** For people. */
  lines: readonly string[];
  /** The same for machines. */
  data: object;
  /** Not all could be done; the lines say why. */
  incomplete?: boolean;
}

/** As UTC, to the second. */
export function timeOf(ms: number): string;
export function timeOf(ms: number | undefined): string | undefined;
export function timeOf(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Columns beside each other, as wide as they have to be. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [head, ...rows].map((row) => row.map(printable));
  const widths = head.map((_, column) =>
    all.reduce((most, row) => Math.max(most, row[column]?.length ?? 0), 0),
  );
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
