import { violationsOfCustody } from './custody.ts';
import { evidenceOf } from './evidence.ts';
import { type FaultName, faultNamed } from './faults.ts';
import { newHistory } from './history.ts';
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
    const history = newHistory();
    const halted = await play(laboratory, faultNamed(fault), schedule, history).then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
    const violations = [
      ...violationsIn(evidenceOf(laboratory, history)),
      ...(await violationsOfCustody(laboratory, history)),
    ];
    // Somebody who can't go on for a violation is no news.
    if (halted !== undefined && violations.length === 0) throw halted.error;
    return violations;
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
