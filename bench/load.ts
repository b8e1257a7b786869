import { setTimeout as wait } from 'node:timers/promises';
import {
  type Contestant,
  type ContestantName,
  PEOPLE,
  type StartOptions,
  start,
} from './contestants/contestants.ts';
import type { Lab, Place } from './lab.ts';

/** As long as anything may take that isn't meant to take longer, in milliseconds. */
const PATIENCE_MS = 120_000;

/** How many spaces there are. With 10 messages a second in each, no one waits for a space's share. */
const SPACES = 2000;

/** The events of one measurement: who asks where, one after the other. */
const askOf = (nth: number): { person: number; space: number } => ({
  person: nth % PEOPLE,
  space: nth % SPACES,
});

/** Publishes so many events at once. */
export function burst(place: Place, events: number): number[] {
  return Array.from({ length: events }, (_, nth) => place.ask(askOf(nth)));
}

/** Publishes an event at every `everyMs`, by the clock: a late one doesn't make the others late. */
export async function trickle(
  place: Place,
  events: number,
  everyMs: number,
  ask: (nth: number) => { person: number; space: number } = askOf,
): Promise<number[]> {
  const begun = performance.now();
  const numbers: number[] = [];
  for (let nth = 0; nth < events; nth++) {
    const ahead = begun + nth * everyMs - performance.now();
    if (ahead > 0) await wait(ahead);
    numbers.push(place.ask(ask(nth)));
  }
  return numbers;
}

/** Resolves when Chat has had a request for everything that has been published so far. */
export function allReceived({ arrivals }: Lab, timeoutMs = PATIENCE_MS): Promise<void> {
  return arrivals.allBut(0, timeoutMs);
}

/** Starts contestants and has each answer enough to be warm: compiled, connected, with a token for each person. */
export async function startWarm(
  lab: Lab,
  names: readonly ContestantName[],
  options: StartOptions = {},
): Promise<Contestant[]> {
  const contestants: Contestant[] = [];
  for (const name of names) {
    const contestant = await start(lab, name, options);
    contestants.push(contestant);
    burst(contestant.place, 1);
    await allReceived(lab);
    await warm(lab, contestant);
  }
  return contestants;
}

export async function warm(lab: Lab, { place }: Pick<Contestant, 'place'>): Promise<void> {
  for (let round = 0; round < lab.sizes.warmUps; round++) {
    burst(place, PEOPLE * 5);
    await allReceived(lab);
  }
}

/**
 * Measures each contestant once a round, in turns, so that what the machine does besides hits all of them alike.
 *
 * @returns what was measured, by contestant, in the order of the rounds
 */
export async function alternate<T>(
  lab: Lab,
  contestants: readonly Contestant[],
  rounds: number,
  measure: (contestant: Contestant) => Promise<T>,
): Promise<Map<ContestantName, T[]>> {
  const measured = new Map<ContestantName, T[]>(contestants.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const contestant of contestants) {
      await wait(lab.sizes.pauseMs);
      measured.get(contestant.name)?.push(await measure(contestant));
    }
  }
  return measured;
}

export async function killAll(contestants: readonly Contestant[]): Promise<void> {
  await Promise.all(contestants.map((contestant) => contestant.kill()));
}
