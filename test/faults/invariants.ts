import { LANGUAGES, languageFor } from '../../src/lib/words/language.ts';
import { isPost, isPrivate } from '../end-to-end/messages.ts';
import type { Evidence, Seen } from './evidence.ts';
import type { Asked } from './history.ts';
import { PEOPLE, type Person } from './schedule.ts';

/** Each is told in docs/reliability.md. */
export type Promised = 'I1' | 'I2' | 'I3' | 'I4' | 'I5';

export interface Violation {
  promise: Promised;
  what: string;
}

/** What a run's end must not show, as far as people, Chat and Pub/Sub can tell. */
export function violationsIn(evidence: Evidence): Violation[] {
  return [
    ...unanswered(evidence).map((what) => ({ promise: 'I1' as const, what })),
    ...unwanted(evidence).map((what) => ({ promise: 'I2' as const, what })),
    ...(evidence.left === undefined
      ? []
      : [{ promise: 'I4' as const, what: `on the subscription: ${evidence.left}` }]),
  ];
}

/** Whether everybody has their answers, be they too many. */
export function isAllAnswered(evidence: Seen): boolean {
  return placesIn(evidence).every((place) => {
    const { posts, explanations, others, awaited, questions } = countIn(evidence, place);
    return posts + explanations >= awaited && others >= questions;
  });
}

/** Whoever asked for a post sees it once, or reads once why there is none; all others are asked for their consent, once. */
function unanswered(evidence: Seen): string[] {
  const repeated = evidence.history.asked.flatMap((request) => {
    const posts = postsOf(evidence, request).length;
    return posts > 1 ? [`“${request.text}” was posted ${posts} times`] : [];
  });
  return [...repeated, ...placesIn(evidence).flatMap((place) => unansweredIn(evidence, place))];
}

function unansweredIn(evidence: Seen, place: Place): string[] {
  const { posts, explanations, others, awaited, questions, written } = countIn(evidence, place);
  const who = `${place.by} in ${place.space}`;
  const problems = [];
  if (posts + explanations !== awaited) {
    problems.push(`${who}: ${posts} posts and ${explanations} explanations for ${awaited}`);
  }
  if (others < questions) {
    problems.push(`${who}: ${others} private messages for ${questions} that can’t be posted`);
  }
  if (explanations + others > written) {
    problems.push(`${who}: ${explanations + others} private messages for ${written}`);
  }
  return problems;
}

/** One person in one room. */
type Place = Seen['history']['written'][number];

function placesIn({ history: { written } }: Seen): Place[] {
  return written.filter((place, nth) => written.findIndex(isIn(place)) === nth);
}

interface Count {
  written: number;
  /** Requests that are to be posted. */
  awaited: number;
  /** Requests that are to be answered by a question for consent. */
  questions: number;
  posts: number;
  /** Private messages that say why something wasn't posted. */
  explanations: number;
  /** All other private messages. */
  others: number;
}

/** What one person has written in one room, and what came of it. */
function countIn(evidence: Seen, place: Place): Count {
  const asked = evidence.history.asked.filter(isIn(place));
  const awaited = asked.filter(({ ends }) => ends === 'post');
  const notes = notesFor(evidence, place);
  const explanations = notes.filter(isExplanation).length;
  return {
    written: evidence.history.written.filter(isIn(place)).length,
    awaited: awaited.length,
    questions: asked.length - awaited.length,
    posts: awaited.flatMap((request) => postsOf(evidence, request)).length,
    explanations,
    others: notes.length - explanations,
  };
}

function isIn({ by, space }: Place): (other: Place) => boolean {
  return (other) => other.by === by && other.space === space;
}

/** Every post is of somebody who asked for it, here, in these words, and whose consent is valid. */
function unwanted(evidence: Seen): string[] {
  const { messages, people, history } = evidence;
  return messages.filter(isPost).flatMap(({ resource, space }) => {
    const by = personOf(people, resource.sender.name);
    const at = Date.parse(resource.createTime);
    const wish = history.asked.find(
      (asked) => asked.by === by && asked.space === space && asked.text === resource.text,
    );
    if (by === undefined || wish === undefined) {
      return [`“${resource.text}” was posted as ${by ?? resource.sender.name}, who had not asked`];
    }
    return isConnected(history, by, at) ? [] : [`“${wish.text}” was posted without consent`];
  });
}

/** From the moment when somebody begins to consent, to the one when they are told that it is over. */
export function isConnected(
  { consents, disconnections }: Seen['history'],
  who: Person,
  at: number,
): boolean {
  const last = (list: Seen['history']['consents']): number =>
    Math.max(
      0,
      ...list.filter(({ by, at: then }) => by === who && then <= at).map((one) => one.at),
    );
  return last(consents) > last(disconnections);
}

function postsOf({ messages, people }: Seen, { by, space, text }: Asked): unknown[] {
  const author = `users/${people[by].id}`;
  return messages.filter(
    (message) =>
      isPost(message) &&
      message.space === space &&
      message.resource.sender.name === author &&
      message.resource.text === text,
  );
}

function notesFor({ messages, people }: Seen, place: Place): Seen['messages'] {
  const reader = `users/${people[place.by].id}`;
  return messages.filter(
    (message) =>
      isPrivate(message) &&
      message.space === place.space &&
      message.resource.privateMessageViewer?.name === reader,
  );
}

const EXPLANATIONS: ReadonlySet<string | null | undefined> = new Set(
  LANGUAGES.flatMap((language) => {
    const { words } = languageFor(language);
    return [words.apology, words.apologyUnsure, ...Object.values(words.refused)];
  }),
);

/** Why something wasn't posted. */
function isExplanation({ resource }: Seen['messages'][number]): boolean {
  return EXPLANATIONS.has(resource.text);
}

function personOf(people: Seen['people'], userName: string): Person | undefined {
  return PEOPLE.find((who) => `users/${people[who].id}` === userName);
}
