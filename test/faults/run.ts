import { violationsOfCustody } from './custody.ts';
import { evidenceOf } from './evidence.ts';
import { type FaultName, faultNamed } from './faults.ts';
import { type Violation, violationsIn } from './invariants.ts';
import { play } from './journey.ts';
import { openLaboratory } from './laboratory.ts';
import { scheduleOf } from './schedule.ts';

export interface Run {
  fault: FaultName;
  seed: number;
}

/** Runs one schedule, with a laboratory of its own, and looks for what must not be. */
export async function run({ fault, seed }: Run): Promise<Violation[]> {
  const schedule = scheduleOf(seed);
  const laboratory = await openLaboratory(schedule);
  try {
    const history = await play(laboratory, faultNamed(fault), schedule);
    const custody = await violationsOfCustody(laboratory, history);
    return [...violationsIn(evidenceOf(laboratory, history)), ...custody];
  } finally {
    await laboratory.end();
  }
}

/** The one line that runs it again. */
export function replayOf({ fault, seed }: Run): string {
  return `npm run faults -- --fault ${fault} --seed ${seed}`;
}

export interface Outcome {
  run: Run;
  violations: readonly Violation[];
  /** Why it didn't come to its end, if it didn't. */
  error?: string;
}

/** The same, whatever comes of it. */
export async function outcomeOf(one: Run): Promise<Outcome> {
  try {
    return { run: one, violations: await run(one) };
  } catch (error) {
    return { run: one, violations: [], error: String(error) };
  }
}
