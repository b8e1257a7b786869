import { LANGUAGES, languageFor } from '../../src/lib/words/language.ts';
import { isPost, isPrivate } from '../end-to-end/messages.ts';
import type { Evidence } from './evidence.ts';
import type { Asked } from './history.ts';
import type { Person } from './schedule.ts';

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
    ...(isAllAcked(evidence)
      ? []
      : [{ promise: 'I4' as const, what: `on the subscription: ${backlogOf(evidence)}` }]),
  ];
}

export function isAllAnswered(evidence: Evidence): boolean {
  return unanswered(evidence).length === 0;
}

export function isAllAcked({ published, backlog }: Evidence): boolean {
  const { waiting, delayed, leased, acknowledged, deadLettered } = backlog;
  return waiting + delayed + leased === 0 && acknowledged + deadLettered >= published;
}

/** Whoever asked for a post sees it once, or reads once why there is none; all others are asked for their consent, once. */
function unanswered(evidence: Evidence): string[] {
  const { asked, written } = evidence.history;
  const places = distinct(written.map(({ by, space }) => `${by} ${space}`));
  return [
    ...asked.flatMap((request) => {
      const posts = postsOf(evidence, request).length;
      return posts > 1 ? [`“${request.text}” was posted ${posts} times`] : [];
    }),
    ...places.flatMap((place) => {
      const isHere = ({ by, space }: { by: Person; space: string }) => `${by} ${space}` === place;
      return unansweredIn(evidence, asked.filter(isHere), written.filter(isHere));
    }),
  ];
}

/** What one person has asked for in one room. */
function unansweredIn(
  evidence: Evidence,
  asked: readonly Asked[],
  written: Evidence['history']['written'],
): string[] {
  const [here] = written;
  if (here === undefined) return [];
  const who = `${here.by} in ${here.space}`;
  const notes = notesFor(evidence, here);
  const explained = notes.filter(isExplanation).length;
  const awaited = asked.filter(({ ends }) => ends === 'post');
  const posts = awaited.flatMap((request) => postsOf(evidence, request)).length;
  const questions = asked.length - awaited.length;
  const problems = [];
  if (posts + explained !== awaited.length) {
    problems.push(`${who}: ${posts} posts and ${explained} explanations for ${awaited.length}`);
  }
  if (notes.length - explained < questions) {
    problems.push(`${who}: ${notes.length} private messages for ${questions} that can’t be posted`);
  }
  if (notes.length > written.length) {
    problems.push(
      `${who}: ${notes.length} private messages for ${written.length} that were written`,
    );
  }
  return problems;
}

/** Every post is of somebody who asked for it, here, in these words, and whose consent is valid. */
function unwanted(evidence: Evidence): string[] {
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
function isConnected(
  { consents, disconnections }: Evidence['history'],
  who: Person,
  at: number,
): boolean {
  const last = (list: Evidence['history']['consents']): number =>
    Math.max(
      0,
      ...list.filter(({ by, at: then }) => by === who && then <= at).map((one) => one.at),
    );
  return last(consents) > last(disconnections);
}

function postsOf({ messages, people }: Evidence, { by, space, text }: Asked): unknown[] {
  const author = `users/${people[by].id}`;
  return messages.filter(
    (message) =>
      isPost(message) &&
      message.space === space &&
      message.resource.sender.name === author &&
      message.resource.text === text,
  );
}

function notesFor(
  { messages, people }: Evidence,
  place: { by: Person; space: string },
): Evidence['messages'] {
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
    return [words.apology, ...Object.values(words.refused)];
  }),
);

/** Why something wasn't posted. */
function isExplanation({ resource }: Evidence['messages'][number]): boolean {
  return EXPLANATIONS.has(resource.text);
}

function personOf(people: Evidence['people'], userName: string): Person | undefined {
  const all = ['ana', 'bruno', 'carla'] as const;
  return all.find((who) => `users/${people[who].id}` === userName);
}

function backlogOf({ published, backlog }: Evidence): string {
  const { waiting, delayed, leased, acknowledged } = backlog;
  return `${waiting} waiting, ${delayed} delayed, ${leased} leased, ${acknowledged} of ${published} acked`;
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)];
}
