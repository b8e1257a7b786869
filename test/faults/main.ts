import { parseArgs } from 'node:util';
import { type Emulators, startEmulators } from './emulator-ground.ts';
import { type FaultName, faultsOn, isFaultName } from './faults.ts';
import { GROUND_NAMES, type GroundName } from './ground.ts';
import { reportIn } from './report.ts';
import { type GroundFor, type Outcome, outcomeOf, type Run, replayOf } from './run.ts';
import { simulatorGround } from './simulator-ground.ts';

/**
 * `npm run faults`: every fault with every seed, and their tables in docs/reliability.md anew. With `--fault` or `--seed` only
 * those, and no tables. `--on emulators` has Google's emulators of Pub/Sub and Firestore in place of the simulator's parts.
 */
const { values } = parseArgs({
  options: {
    on: { type: 'string', default: 'simulator' },
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

function groundNamed(name: string): GroundName {
  const found = GROUND_NAMES.find((ground) => ground === name);
  if (found !== undefined) return found;
  throw new Error(`There is no ${name} to run on: write --on ${GROUND_NAMES.join(' or --on ')}`);
}

function faultsNamed(names: readonly string[] | undefined, on: GroundName): FaultName[] {
  const there = faultsOn(on);
  const absent = (names ?? []).filter((name) => !isFaultName(name) || !there.includes(name));
  if (absent.length === 0) return names?.filter(isFaultName) ?? there;
  throw new Error(`No fault ${absent.join(', ')} on the ${on}. There are: ${there.join(', ')}`);
}

function tell({ run, violations, error }: Outcome, seconds: number): void {
  const failed = error !== undefined || violations.length > 0;
  say(`${failed ? '✗' : '✓'} ${run.fault}, seed ${run.seed}: ${seconds.toFixed(0)} s`);
  for (const { promise, what } of violations) say(`    ${promise}: ${what}`);
  if (error !== undefined) say(`    It didn’t come to its end: ${error}`);
  if (failed) say(`    ${replayOf(run)}`);
}

/** So many workers take one run after the other. */
async function runAll(
  runs: readonly Run[],
  atOnce: number,
  openGround: GroundFor,
): Promise<Outcome[]> {
  const left = [...runs];
  const outcomes: Outcome[] = [];
  const work = async (): Promise<void> => {
    for (let run = left.shift(); run !== undefined; run = left.shift()) {
      const begun = Date.now();
      const outcome = await outcomeOf(run, openGround);
      tell(outcome, (Date.now() - begun) / 1000);
      outcomes.push(outcome);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return outcomes;
}

// Interrupted, it ends in the way in which its processes end with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const on = groundNamed(values.on);
const seeds = seedsIn(values.seed ?? values.seeds);
const faults = faultsNamed(values.fault, on);
const runs = seeds.flatMap((seed) => faults.map((fault) => ({ on, fault, seed })));

const emulators: Emulators | undefined = on === 'emulators' ? await startEmulators() : undefined;
// The signal that ends them is sent at once.
process.on('exit', () => void emulators?.stop());
const openGround: GroundFor = ({ pubsub }) =>
  emulators?.ground(pubsub ?? 'emulated') ?? Promise.resolve(simulatorGround());

const outcomes = await runAll(runs, Number(values['at-once']), openGround);
const unfinished = outcomes.filter(({ error }) => error !== undefined);
const violations = outcomes.flatMap((outcome) => outcome.violations);
say(
  `${runs.length} runs, ${violations.length} violations, ${unfinished.length} that didn’t come to their end`,
);
if (values.fault === undefined && values.seed === undefined && unfinished.length === 0) {
  reportIn('docs/reliability.md', { on, outcomes, seeds: values.seeds.replace('..', '–') });
  say('The tables are in docs/reliability.md.');
}
process.exit(violations.length + unfinished.length === 0 ? 0 : 1);
