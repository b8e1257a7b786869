import type { Clock } from '../../src/lib/clock.ts';
import type { Backlog } from '../pubsub/backlog.ts';
import type { SimulatedMessage, World } from '../world.ts';
import { type Asked, readTold } from './asked.ts';
import { gistOf, isOpening, isPost, isQuestion, isSince, type Said, saidSince } from './said.ts';

/** How long nothing may have happened before what has no answer counts as lost. In milliseconds. */
const REST_MS = 3000;

/** How many requests are remembered. */
const KEPT = 5000;

/** What has happened since the simulator was started, as Chat and Pub/Sub saw it. */
export interface Tally {
  /** Events, each once. */
  published: number;
  /** By Pub/Sub, repeats included. */
  delivered: number;
  /** There is something in return: a post, an answer, or a question that is settled. */
  answered: number;
  /** Nothing in return but an open question for the person's consent. */
  waiting: number;
  /** Nothing in return so far. */
  underWay: number;
  /** In people's names. */
  posts: number;
  /** Messages of the app that tell the same to the same person in the same thread, more often than there were requests. */
  doubled: number;
  /** Nothing in return, and nobody at it: all is acknowledged, and nothing has moved for a while. */
  lost: number;
}

export interface Counter {
  /** Chat publishes an event. */
  note(data: Buffer): void;
  /** Something in the world or in Pub/Sub has changed. */
  stirred(): void;
  /** Until nothing has changed for long enough, if nothing does; in milliseconds. */
  restsIn(): number;
  /** To be called after changes of the world: what is a question now, may be settled before the next count. */
  look(world: World): void;
  count(world: World, backlog: Backlog): Tally;
}

/**
 * Compares what people asked with what they got, by the world alone: the app isn't asked. It can't tell an answer from the
 * promise of one, so a later request that is told to wait for the consent counts as answered.
 */
export function createCounter(clock: Clock): Counter {
  const begun = clock();
  const asked: Asked[] = [];
  let published = 0;
  let lastStir = begun;
  const withdrawn = new Set<Asked>();
  /** The names of those that are questions, or were. */
  const questions = new Set<string>();
  const looked = new WeakSet<SimulatedMessage>();
  const restsIn = (): number => Math.max(0, lastStir + REST_MS - clock());

  return {
    note(data) {
      published += 1;
      const told = readTold(data, clock());
      if (told === undefined) return;
      if ('asked' in told) {
        asked.push(told.asked);
        if (asked.length > KEPT) asked.shift();
        return;
      }
      // What was asked where the app is no more, is forgotten with it.
      for (const one of asked) if (one.space === told.left) withdrawn.add(one);
    },

    stirred() {
      lastStir = clock();
    },
    restsIn,

    look(world) {
      const unseen = world
        .spaces()
        .flatMap(({ resource }) =>
          world.messages(resource.name ?? '').filter((message) => !looked.has(message)),
        );
      for (const message of unseen) {
        looked.add(message);
        if (isQuestion(message)) questions.add(message.resource.name ?? '');
      }
    },

    count(world, backlog) {
      const said = saidSince(world, begun);
      const inReturn = findInReturn(said);
      const ends = asked.map((one) => ({ one, end: endOf(one, inReturn(one), questions) }));
      const howMany = (wanted: End): number => ends.filter(({ end }) => end === wanted).length;
      const open = ends.filter(({ one, end }) => end === 'nothing' && !withdrawn.has(one)).length;
      const isOnTheWay = backlog.waiting + backlog.delayed + backlog.leased > 0;
      const isAtRest = !isOnTheWay && restsIn() === 0;
      return {
        published,
        delivered: backlog.delivered,
        answered: howMany('answer'),
        waiting: howMany('question'),
        underWay: isAtRest ? 0 : open,
        posts: said.filter(isPost).length,
        doubled: doubledIn(said, asked),
        lost: isAtRest ? open : 0,
      };
    },
  };
}

type End = 'answer' | 'question' | 'nothing';

function endOf(asked: Asked, inReturn: readonly Said[], questions: ReadonlySet<string>): End {
  if (inReturn.some(isQuestion)) return 'question';
  const wasQuestion = ({ resource }: Said): boolean => questions.has(resource.name ?? '');
  const isEnough = asked.isAboutConnecting
    ? inReturn.length > 0
    : inReturn.some((message) => !wasQuestion(message));
  return isEnough ? 'answer' : 'nothing';
}

/** In the same thread; or in one of its own, in the same space or where the person is alone with the app. */
function findInReturn(said: readonly Said[]): (asked: Asked) => Said[] {
  const byThread = Map.groupBy(said, ({ resource }) => resource.thread?.name ?? '');
  const openings = said.filter(isOpening);
  const isAround = ({ space, person }: Asked, { space: { resource, members } }: Said): boolean =>
    resource.name === space || (resource.singleUserBotDm === true && members.includes(person));

  return (asked) => {
    const { thread, at } = asked;
    const around = (thread === undefined ? said : openings).filter((one) => isAround(asked, one));
    const inThread = thread === undefined ? [] : (byThread.get(thread) ?? []);
    return [...inThread, ...around].filter((message) => isSince(message, at));
  };
}

/** Threads that somebody asked in, and openings of new ones where somebody asked without a thread: an addition, say. */
function doubledIn(said: readonly Said[], asked: readonly Asked[]): number {
  const places = Map.groupBy(asked, ({ space, thread }) => thread ?? space);
  const groups = Map.groupBy(said, (message) => `${placeOf(message)} ${gistOf(message)}`);
  const excess = [...groups.values()].map((same) => {
    const requests = same[0] && places.get(placeOf(same[0]));
    return requests === undefined ? 0 : Math.max(0, same.length - requests.length);
  });
  return excess.reduce((sum, more) => sum + more, 0);
}

function placeOf(message: Said): string {
  const { thread } = message.resource;
  return (isOpening(message) ? message.space.resource.name : thread?.name) ?? '';
}
