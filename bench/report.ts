import { readFileSync, writeFileSync } from 'node:fs';
import type { Row } from './figures/row.ts';
import type { Machine } from './machine.ts';

/** What a run has found. */
export interface Results {
  /** How much was measured. */
  size: string;
  machine: Machine;
  seconds: number;
  rows: readonly Row[];
}

const PLACE = /(?<=<!-- made by npm run bench -->\n)[\s\S]*(?=<!-- end -->)/;

/** Puts the table in place of that of an earlier run. @throws when the file has no place for it */
export function reportIn(path: string, results: Results): void {
  const text = readFileSync(path, 'utf8');
  if (!PLACE.test(text)) throw new Error(`${path} has no place for the table`);
  writeFileSync(
    path,
    text.replace(PLACE, () => `\n${factsOf(results)}\n\n${tableOf(results.rows)}\n`),
  );
}

function factsOf({ size, machine, seconds }: Results): string {
  const { cpu, cores, memoryGb, system, node, load } = machine;
  const run = size === 'default' ? '`npm run bench`' : `\`npm run bench -- --${size}\``;
  return (
    `${run}, ${Math.round(seconds / 60)} minutes, on ${cores} cores (${cpu}) and ${memoryGb} GB under ${system}, ` +
    `with Node ${node}. Load of the machine before it began: ${load.before}, when it had ended: ${load.after}.`
  );
}

function tableOf(rows: readonly Row[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(['Figure', 'Goal', 'Measured', 'Met', 'Load']),
    line(['---', '---', '---', '---', '---']),
    ...rows.map((row) =>
      line([
        row.figure,
        row.goal,
        [row.measured, row.note].filter(Boolean).join('. '),
        metOf(row),
        String(row.load ?? ''),
      ]),
    ),
  ].join('\n');
}

/** For the terminal. */
export function told(row: Row): string {
  const mark = row.met === undefined ? '·' : row.met ? '✓' : '✗';
  return [
    `${mark} ${row.figure}`,
    `    ${row.measured}`,
    ...(row.note === undefined ? [] : [`    ${row.note}`]),
    ...(row.goal === '—' ? [] : [`    goal: ${row.goal}`]),
  ].join('\n');
}

function metOf({ met }: Row): string {
  if (met === undefined) return '—';
  return met ? 'met' : 'not met';
}
