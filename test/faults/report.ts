import { readFileSync, writeFileSync } from 'node:fs';
import { FAULT_NAMES, faultNamed, faultsOn } from './faults.ts';
import type { GroundName } from './ground.ts';
import type { Promised } from './invariants.ts';
import type { Outcome } from './run.ts';

const PROMISES: readonly Promised[] = ['I1', 'I2', 'I3', 'I4', 'I5'];

/** What was measured, all of it on one ground. */
export interface Measured {
  on: GroundName;
  outcomes: readonly Outcome[];
  /** For the tables. */
  seeds: string;
}

/**
 * Puts what was measured in place of what an earlier run has measured on the same ground.
 *
 * @throws when the file has no place for it
 */
export function reportIn(path: string, measured: Measured): void {
  const text = readFileSync(path, 'utf8');
  const place = new RegExp(
    `(?<=<!-- made by npm run faults -- --on ${measured.on} -->\\n)[\\s\\S]*?(?=<!-- end -->)`,
  );
  if (!place.test(text)) throw new Error(`${path} has no place for the tables`);
  const tables = `\n${byPromise(measured)}\n${byFault(measured)}\n${notes(measured)}`;
  writeFileSync(
    path,
    text.replace(place, () => tables),
  );
}

function byPromise({ outcomes, seeds }: Measured): string {
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

function byFault({ on, outcomes, seeds }: Measured): string {
  return table(
    ['Fault', 'What goes wrong', 'Runs', 'Seeds', 'Violations'],
    faultsOn(on).map((name) => {
      const own = outcomes.filter(({ run }) => run.fault === name);
      const violations = own.flatMap((outcome) => outcome.violations);
      return [`\`${name}\``, faultNamed(name).what, own.length, seeds, violations.length];
    }),
  );
}

function notes({ on }: Measured): string {
  const there = faultsOn(on);
  const absent = FAULT_NAMES.filter((name) => !there.includes(name)).map((name) => `\`${name}\``);
  const simulated = there
    .filter((name) => faultNamed(name).pubsub === 'simulated')
    .map((name) => `\`${name}\``);
  const sentences = [
    `Not possible here: ${absent.join(', ')}.`,
    ...(on === 'emulators' ? [`With the simulator’s Pub/Sub: ${simulated.join(', ')}.`] : []),
  ];
  return `${sentences.join(' ')}\n\n`;
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |\n`;
  return line(head) + line(head.map(() => '---')) + rows.map(line).join('');
}
