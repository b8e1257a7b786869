import { readFileSync, writeFileSync } from 'node:fs';
import { FAULT_NAMES, faultNamed } from './faults.ts';
import type { Promised } from './invariants.ts';
import type { Outcome } from './run.ts';

const PROMISES: readonly Promised[] = ['I1', 'I2', 'I3', 'I4', 'I5'];

/** Puts what was measured in place of what an earlier run has measured. @throws when the file has no place for it */
export function reportIn(path: string, outcomes: readonly Outcome[], seeds: string): void {
  const text = readFileSync(path, 'utf8');
  const place = /(?<=<!-- made by npm run faults -->\n)[\s\S]*(?=<!-- end -->)/;
  if (!place.test(text)) throw new Error(`${path} has no place for the tables`);
  const tables = `\n${byPromise(outcomes, seeds)}\n${byFault(outcomes, seeds)}\n`;
  writeFileSync(
    path,
    text.replace(place, () => tables),
  );
}

function byPromise(outcomes: readonly Outcome[], seeds: string): string {
  const faults = new Set(outcomes.map(({ run }) => run.fault)).size;
  return table(
    ['Promise', 'Faults tried', 'Runs', 'Seeds', 'Violations'],
    PROMISES.map((promise) => [
      promise,
      faults,
      outcomes.length,
      seeds,
      outcomes.flatMap(({ violations }) => violations).filter((one) => one.promise === promise)
        .length,
    ]),
  );
}

function byFault(outcomes: readonly Outcome[], seeds: string): string {
  return table(
    ['Fault', 'What goes wrong', 'Runs', 'Seeds', 'Violations'],
    FAULT_NAMES.map((name) => {
      const own = outcomes.filter(({ run }) => run.fault === name);
      const violations = own.flatMap((outcome) => outcome.violations);
      return [`\`${name}\``, faultNamed(name).what, own.length, seeds, violations.length];
    }),
  );
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |\n`;
  return line(head) + line(head.map(() => '---')) + rows.map(line).join('');
}
