import { z } from 'zod';
import { MAX_SPACE_NAME } from '../../lib/chat/chat.ts';
import { MAX_NAME } from '../people.ts';

/** Where an incident can be taken by a button. */
export const MOVES = ['investigating', 'resolved'] as const;

/** How much an incident remembers: how it was opened, and what came last. A card has room for more than that. */
const MAX_ENTRIES = 20;

/** Of a language or a time zone. As much as an event may tell. */
const MAX_TAG = 300;

const entry = z.object({
  /** Part of the request's id: the same press, delivered twice, is one entry. */
  id: z.string().min(1).max(16),
  status: z.enum(['open', ...MOVES]),
  /** The name of who did it, if Chat told. One line, without brackets. */
  by: z.string().max(MAX_NAME),
  /** In milliseconds since the epoch. */
  at: z.number().int().min(0).max(8.64e15),
});

/**
 * All that is known of an incident. Its card carries it, and nothing else does. The language and the time zone are those of
 * who opened it: one card for everybody in the room.
 */
const incident = z.object({
  title: z.string().max(MAX_SPACE_NAME),
  locale: z.string().max(MAX_TAG),
  timeZone: z.string().max(MAX_TAG).optional(),
  entries: z.tuple([entry], entry).refine(({ length }) => length <= MAX_ENTRIES),
});

export type Entry = z.infer<typeof entry>;
export type Incident = z.infer<typeof incident>;

/** What the last entry has made of it. */
export function statusOf({ entries: [opened, ...later] }: Incident): Entry['status'] {
  return (later.at(-1) ?? opened).status;
}

/**
 * The incident with one more entry, in its place in time: an entry that had to be written again doesn't undo what came later.
 *
 * @returns undefined when that changes nothing: it is there already, or the incident was in that status at that time anyway
 */
export function withEntry(before: Incident, added: Entry): Incident | undefined {
  const [opened, ...later] = before.entries;
  if (before.entries.some(({ id }) => id === added.id)) return undefined;
  const sorted = [...later, added].toSorted(byTime);
  const place = sorted.indexOf(added);
  const neighbours = [sorted[place - 1] ?? opened, sorted[place + 1]];
  if (neighbours.some((one) => one?.status === added.status)) return undefined;
  const kept = sorted.slice(-(MAX_ENTRIES - 1));
  return kept.includes(added) ? { ...before, entries: [opened, ...kept] } : undefined;
}

const byTime = (one: Entry, other: Entry): number =>
  one.at - other.at || (one.id < other.id ? -1 : 1);

export function serializeIncident(value: Incident): string {
  return JSON.stringify(value);
}

/** @returns undefined for what is no incident */
export function parseIncident(text: string): Incident | undefined {
  try {
    return incident.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
