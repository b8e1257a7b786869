import { setTimeout as wait } from 'node:timers/promises';
import type { SimulatedMessage } from '../../simulator/world.ts';
import { seconds } from '../../src/lib/clock.ts';
import { consentLink, isPrivate } from '../end-to-end/messages.ts';
import { seenIn } from './evidence.ts';
import type { Fault } from './faults.ts';
import type { History } from './history.ts';
import { isAllAnswered } from './invariants.ts';
import type { Laboratory } from './laboratory.ts';
import { ACT_MS, type Person, type Schedule, type Strike } from './schedule.ts';

/** How long after the last fault everything has to be answered, at most. In milliseconds. */
export const RECOVERY_MS = seconds(120);

/**
 * Two acts, with a fault in both. In the first, Ana, who is connected, Bruno, who consents on the way, and Carla, who
 * declines, ask for posts in three rooms. In the second, Ana disconnects and asks once more. At the end of each everything has
 * to be answered, however long the fault has lasted.
 *
 * @param history where it is written down what people do, as they do it
 * @throws when somebody can't go on: where no link comes, or none works
 */
export async function play(
  laboratory: Laboratory,
  fault: Fault,
  schedule: Schedule,
  history: History,
): Promise<void> {
  const { waits, rooms } = laboratory;
  const [lobby] = rooms;
  await write(laboratory, history, 'ana', lobby, 'connect');
  await waits.until('Ana’s consent', consent(laboratory, history, 'ana', lobby));

  const [first, second] = schedule.strikes;
  const asking = () => ask(laboratory, history, schedule);
  await act(laboratory, fault, schedule, { history, people: asking, strikes: first });
  const leaving = () => waits.until('Ana’s leave', disconnect(laboratory, history, lobby));
  await act(laboratory, fault, schedule, { history, people: leaving, strikes: second });
}

/** People do something while a fault strikes, and then everything is answered. */
async function act(
  laboratory: Laboratory,
  fault: Fault,
  schedule: Schedule,
  {
    history,
    people,
    strikes,
  }: { history: History; people: () => Promise<void>; strikes: readonly Strike[] },
): Promise<void> {
  await fault.begin?.(laboratory, schedule);
  await Promise.all([people(), strikeAll(laboratory, fault, strikes)]);
  await laboratory.waits.until('the last answer', recovery(laboratory, history));
}

async function ask(
  laboratory: Laboratory,
  history: History,
  { asked, consentAtMs }: Schedule,
): Promise<void> {
  const begun = Date.now();
  const until = (atMs: number): Promise<void> => wait(Math.max(0, begun + atMs - Date.now()));
  const asking = async (): Promise<void> => {
    for (const [nth, { atMs, by, room }] of asked.entries()) {
      await until(atMs);
      const text = `request ${nth + 1} of ${by}`;
      const space = laboratory.rooms[room];
      await write(laboratory, history, by, space, text);
      history.asked.push({ by, space, text, ends: by === 'carla' ? 'question' : 'post' });
    }
  };
  const consenting = async (): Promise<void> => {
    await until(consentAtMs);
    const space = await cardOf(laboratory, 'bruno');
    // Whoever else goes through with his link has connected nobody.
    await visit(laboratory, 'bruno', space, 'carla');
    await consent(laboratory, history, 'bruno', space);
  };
  const declining = async (): Promise<void> => {
    await visit(laboratory, 'carla', await cardOf(laboratory, 'carla'), 'carla', false);
  };
  const { waits } = laboratory;
  await Promise.all([
    waits.until('all requests', asking()),
    waits.until('Bruno’s consent', consenting()),
    waits.until('Carla’s refusal', declining()),
  ]);
}

async function disconnect(laboratory: Laboratory, history: History, space: string): Promise<void> {
  const { stage, people } = laboratory;
  const before = stage.seen(people.ana, space).filter(isPrivate).length;
  await write(laboratory, history, 'ana', space, 'disconnect');
  await stage.until(
    'the end of Ana’s connection',
    () => stage.seen(people.ana, space).filter(isPrivate)[before],
    RECOVERY_MS,
  );
  history.disconnections.push({ by: 'ana', at: Date.now() });
  const text = 'request of ana when it was over';
  await write(laboratory, history, 'ana', space, text);
  history.asked.push({ by: 'ana', space, text, ends: 'question' });
}

async function write(
  { stage, people }: Laboratory,
  history: History,
  by: Person,
  space: string,
  text: string,
): Promise<void> {
  history.written.push({ by, space });
  await stage.write(people[by], `@Postern ${text}`, { space });
}

/** Somebody follows their link until they are connected; where it has ended, they ask for a new one. */
async function consent(
  laboratory: Laboratory,
  history: History,
  by: Person,
  space: string,
): Promise<void> {
  const deadline = Date.now() + RECOVERY_MS;
  for (let tries = 1; Date.now() < deadline; tries++) {
    history.consents.push({ by, at: Date.now() });
    if ((await visit(laboratory, by, space, by)) === 200) return;
    if (tries % 3 === 0) await write(laboratory, history, by, space, 'connect');
    await wait(500);
  }
  throw new Error(`${by} could not connect in ${RECOVERY_MS / 1000} s`);
}

/** @returns the status of the page that the link leads to in the end; 0 when there was none */
async function visit(
  { stage, people }: Laboratory,
  whose: Person,
  space: string,
  as: Person,
  allow = true,
): Promise<number> {
  const link = await stage.until(
    `a link for ${whose}`,
    () => stage.seen(people[whose], space).map(consentLink).findLast(isDefined),
    RECOVERY_MS,
  );
  const page = await stage.consent(link, people[as], allow).catch(() => undefined);
  return page?.status ?? 0;
}

/** The room with the first card that asks somebody to connect. */
function cardOf({ stage, people, rooms }: Laboratory, who: Person): Promise<string> {
  const isAsked = (space: string): boolean =>
    stage.seen(people[who], space).some((message: SimulatedMessage) => consentLink(message));
  return stage.until(`a card for ${who}`, () => rooms.find(isAsked), RECOVERY_MS);
}

async function strikeAll(
  laboratory: Laboratory,
  fault: Fault,
  strikes: readonly Strike[],
): Promise<void> {
  const begun = Date.now();
  const struck = strikes.map(async (strike) => {
    await wait(Math.max(0, begun + strike.atMs - Date.now()));
    const over = Promise.resolve(fault.strike?.(laboratory, strike));
    await laboratory.waits.until(`the end of the strike at ${strike.atMs} ms`, over);
  });
  await Promise.all(struck);
  await wait(Math.max(0, begun + ACT_MS - Date.now()));
  // Whoever still asks needs what the fault has taken away.
  await laboratory.waits.until('the end of the fault', Promise.resolve(fault.end?.(laboratory)));
}

/** Waits until everything is answered and acked. When it never is, the invariants say what is missing. */
async function recovery(laboratory: Laboratory, history: History): Promise<void> {
  await laboratory.stage
    .until(
      'the last answer',
      () => {
        const isOver = isAllAnswered(seenIn(laboratory, history)) && laboratory.isAcked();
        return isOver ? true : undefined;
      },
      RECOVERY_MS,
    )
    .catch(() => {});
}

function isDefined<T>(value: T | undefined): value is T {
  return value !== undefined;
}
