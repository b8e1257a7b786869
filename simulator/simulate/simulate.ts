import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../src/lib/clock.ts';
import { SLASH_COMMANDS } from '../../src/lib/project/slash-commands.ts';
import { consentAs } from '../accounts/consent-as.ts';
import { noSnapshot } from '../snapshot.ts';
import { userNameOf } from '../world/people.ts';
import type { SimulatedPerson } from '../world.ts';
import { type AppRun, runApp, TOPIC } from './app-run.ts';
import { type Arguments, UsageError } from './arguments.ts';
import { type EventWorld, grantedSnapshot, worldOf } from './event-world.ts';
import { isAtRest, readLedger } from './ledger.ts';
import { openNotebook } from './notebook.ts';
import { interactionOf, readRecordedEvent } from './recorded-event.ts';
import type { Report } from './report.ts';
import { tellIn } from './tell-in.ts';

const POLL_MS = 50;
/** How long the connecting beforehand may take. */
const CONNECT_MS = 30_000;

export interface Surroundings {
  /** Where `src` is. */
  root: string;
  environment: Readonly<Record<string, string | undefined>>;
  clock: Clock;
}

/**
 * Publishes a recorded event in a world of its own, to the real processes, and watches what they do about it.
 *
 * @throws BadFile, or UsageError when the event can't be told as it was asked for; Error when the app can't be run
 */
export async function simulate(args: Arguments, surroundings: Surroundings): Promise<Report> {
  const { root, environment, clock } = surroundings;
  const event = readRecordedEvent(args.file);
  const world = worldOf(event, new Date(clock()).toISOString());
  const published = tellIn(args.dialect, event, world, TOPIC);
  if (published.length === 0) {
    throw new UsageError('This event can’t be told in the other format: leave --dialect out.');
  }
  const { person } = world;
  if (args.granted && person === undefined) {
    throw new UsageError('The event names nobody who could have connected: leave --granted out.');
  }
  const dialect = args.dialect ?? event.dialect;
  const granting = args.granted ? person : undefined;
  const run = await runApp({
    root,
    environment,
    dialect: () => dialect,
    app: { ...world.app, slashCommands: SLASH_COMMANDS },
    snapshot: (part) => {
      if (part === 'chat') return world.chat;
      return granting === undefined ? noSnapshot() : grantedSnapshot(granting);
    },
  });
  try {
    for (const one of world.people) run.google.world.setPerson(one);
    if (granting !== undefined) await connect(run, granting, clock);
    const notebook = openNotebook(run);
    for (const data of published) run.google.pubsub.publish(TOPIC, data, event.attributes);
    const settled = await untilSettled(run, clock() + args.waitMs, clock);
    return notebook.report({ dialect, settled, ...whatItIs(world, event) });
  } finally {
    await run.end();
  }
}

function whatItIs(
  { person, space }: EventWorld,
  event: Parameters<typeof interactionOf>[0],
): Pick<Report, 'kind' | 'person' | 'space'> {
  return {
    kind: interactionOf(event)?.kind ?? event.read.outcome,
    ...(person === undefined ? {} : { person: person.displayName }),
    ...(space === undefined ? {} : { space: space.resource.name }),
  };
}

/** The person connects as everybody does: by a question of the app, and the consent page. */
async function connect(run: AppRun, person: SimulatedPerson, clock: Clock): Promise<void> {
  const { world } = run.google;
  const userName = userNameOf(person);
  const known = world.spaces().length;
  const { resource } = await world.openDirectMessage(userName);
  // Whoever opens it for the first time is asked at once.
  if (world.spaces().length === known) await world.write(userName, resource.name, 'connect');
  const deadline = clock() + CONNECT_MS;
  if (!(await untilSettled(run, deadline, clock))) throw notConnected();
  const link = /"url":"([^"]*\/o\/oauth2\/v2\/auth[^"]*)"/.exec(
    JSON.stringify(world.messages(resource.name)),
  )?.[1];
  if (link === undefined) throw notConnected();
  const callback = await consentAs({ url: link, userId: person.id, allow: true });
  const { ok } = await fetch(callback);
  if (!ok || !(await untilSettled(run, deadline, clock))) throw notConnected();
}

function notConnected(): Error {
  return new Error('The person could not be connected beforehand. Try it without --granted.');
}

/** Waits until everything is acknowledged and written down, and nobody works on anything. @returns whether that came in time */
async function untilSettled(run: AppRun, deadline: number, clock: Clock): Promise<boolean> {
  while (!isSettled(run)) {
    if (clock() >= deadline) return false;
    await Promise.race([wait(POLL_MS), run.crashed]);
  }
  return true;
}

function isSettled({ google, database }: AppRun): boolean {
  const { waiting, delayed, leased } = google.pubsub.backlog(google.subscription);
  return waiting + delayed + leased === 0 && isAtRest(readLedger(database));
}
