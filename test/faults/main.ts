import { parseArgs } from 'node:util';
import { FAULT_NAMES, type FaultName, isFaultName } from './faults.ts';
import { reportIn } from './report.ts';
import { type Outcome, outcomeOf, type Run, replayOf } from './run.ts';

/**
 * `npm run faults`: every fault with every seed, and the tables of docs/reliability.md anew. With `--fault` or `--seed` only
 * those, and no tables.
 */
const { values } = parseArgs({
  options: {
    fault: { type: 'string', multiple: true },
    seed: { type: 'string' },
    seeds: { type: 'string', default: '1..3' },
    'at-once': { type: 'string', default: '3' },
  },
});

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function seedsIn(range: string): number[] {
  const [first = 0, last = first] = range.split('..').map(Number);
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(last) || last < first) {
    throw new Error(`${range} is no range of seeds: write --seed 17, or --seeds 1..50`);
  }
  return Array.from({ length: last - first + 1 }, (_, nth) => first + nth);
}

function faultsNamed(names: readonly string[]): FaultName[] {
  const unknown = names.filter((name) => !isFaultName(name));
  if (unknown.length === 0) return names.filter(isFaultName);
  throw new Error(`No fault ${unknown.join(', ')}. There are: ${FAULT_NAMES.join(', ')}`);
}

function tell({ run, violations, error }: Outcome, seconds: number): void {
  const failed = error !== undefined || violations.length > 0;
  say(`${failed ? '✗' : '✓'} ${run.fault}, seed ${run.seed}: ${seconds.toFixed(0)} s`);
  for (const { promise, what } of violations) say(`    ${promise}: ${what}`);
  if (error !== undefined) say(`    It didn’t come to its end: ${error}`);
  if (failed) say(`    ${replayOf(run)}`);
}

/** So many workers take one run after the other. */
async function runAll(runs: readonly Run[], atOnce: number): Promise<Outcome[]> {
  const left = [...runs];
  const outcomes: Outcome[] = [];
  const work = async (): Promise<void> => {
    for (let run = left.shift(); run !== undefined; run = left.shift()) {
      const begun = Date.now();
      const outcome = await outcomeOf(run);
      tell(outcome, (Date.now() - begun) / 1000);
      outcomes.push(outcome);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return outcomes;
}

// Interrupted, it ends in the way in which its processes end with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const seeds = seedsIn(values.seed ?? values.seeds);
const faults = faultsNamed(values.fault ?? FAULT_NAMES);
const runs = seeds.flatMap((seed) => faults.map((fault) => ({ fault, seed })));
const outcomes = await runAll(runs, Number(values['at-once']));
const unfinished = outcomes.filter(({ error }) => error !== undefined);
const violations = outcomes.flatMap((outcome) => outcome.violations);
say(
  `${runs.length} runs, ${violations.length} violations, ${unfinished.length} that didn’t come to their end`,
);
if (values.fault === undefined && values.seed === undefined && unfinished.length === 0) {
  reportIn('docs/reliability.md', outcomes, values.seeds.replace('..', '–'));
  say('The tables are in docs/reliability.md.');
}
process.exit(violations.length + unfinished.length === 0 ? 0 : 1);
