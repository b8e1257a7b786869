import { minutes } from '../../src/lib/clock.ts';
import { within } from '../support/within.ts';
import { violationsOfCustody } from './custody.ts';
import { seenIn } from './evidence.ts';
import { type Fault, type FaultName, faultNamed } from './faults.ts';
import type { Ground, GroundName } from './ground.ts';
import { type History, newHistory } from './history.ts';
import { type Violation, violationsIn } from './invariants.ts';
import { play, RECOVERY_MS } from './journey.ts';
import { type Laboratory, openLaboratory } from './laboratory.ts';
import { scheduleOf } from './schedule.ts';
import { createWaits, type Waits } from './waits.ts';

export interface Run {
  on: GroundName;
  fault: FaultName;
  seed: number;
}

/** What the runs with a fault stand on; a new one for each. */
export type GroundFor = (fault: Fault) => Promise<Ground>;

/** Whoever is not through by then, each act with its two minutes of recovery, has stopped somewhere. */
const LIMIT_MS = minutes(4);

/**
 * Runs one schedule, with a laboratory of its own, and looks for what must not be.
 *
 * @throws when it doesn’t come to its end, with what was waited for
 */
export async function run({ fault, seed }: Run, openGround: GroundFor): Promise<Violation[]> {
  const schedule = scheduleOf(seed);
  const waits = createWaits();
  const opening = openGround(faultNamed(fault)).then((ground) =>
    openLaboratory(schedule, ground, waits),
  );
  const laboratory = await bounded('the opening', LIMIT_MS, waits, opening);
  try {
    const history = newHistory();
    const journey = play(laboratory, faultNamed(fault), schedule, history);
    const halted = await bounded('the journey', LIMIT_MS, waits, journey).then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
    const deadline = Date.now() + (halted === undefined ? RECOVERY_MS : 0);
    const looking = violationsAfter(laboratory, history, deadline);
    const violations = await bounded('the search for violations', LIMIT_MS, waits, looking);
    // Somebody who can't go on for a violation is no news.
    if (halted !== undefined && violations.length === 0) throw halted.error;
    return violations;
  } finally {
    await bounded('the end', LIMIT_MS, waits, laboratory.end());
  }
}

async function violationsAfter(
  laboratory: Laboratory,
  history: History,
  deadline: number,
): Promise<Violation[]> {
  const left = await laboratory.left(deadline);
  return [
    ...violationsIn({ ...seenIn(laboratory, history), left }),
    ...(await violationsOfCustody(laboratory, history)),
  ];
}

function bounded<T>(what: string, ms: number, waits: Waits, work: Promise<T>): Promise<T> {
  return within(() => `${what}, waiting for ${waits.now().join(' and ')}`, ms, work);
}

/** The one line that runs it again. */
export function replayOf({ on, fault, seed }: Run): string {
  return `npm run faults -- --on ${on} --fault ${fault} --seed ${seed}`;
}

export interface Outcome {
  run: Run;
  violations: readonly Violation[];
  /** Why it didn't come to its end, if it didn't. */
  error?: string;
}

/** The same, whatever comes of it. */
export async function outcomeOf(one: Run, openGround: GroundFor): Promise<Outcome> {
  try {
    return { run: one, violations: await run(one, openGround) };
  } catch (error) {
    return { run: one, violations: [], error: String(error) };
  }
}
