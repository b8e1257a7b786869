import type { Entry } from '../journal/entry.ts';

/** All entries of one thing that happened, in the order in which they began. */
export interface Group {
  key: string;
  entries: readonly Entry[];
}

/** What belongs together: by the request of the app, else by the Pub/Sub message, else it stands alone. Oldest first. */
export function groupEntries(entries: readonly Entry[]): Group[] {
  const groups = Map.groupBy(entries, keyOf);
  return [...groups].map(([key, members]) => ({ key, entries: members.toSorted(byTime) }));
}

function keyOf(entry: Entry): string {
  if (entry.requestId !== undefined) return entry.requestId;
  if ('message' in entry) return `message-${entry.message}`;
  return `entry-${entry.n}`;
}

function byTime(one: Entry, other: Entry): number {
  return one.at - other.at || one.n - other.n;
}

export type Of<Kind extends Entry['kind']> = Extract<Entry, { kind: Kind }>;

/** Those of one kind. */
export function only<Kind extends Entry['kind']>(
  kind: Kind,
  entries: readonly Entry[],
): Of<Kind>[] {
  return entries.filter((entry): entry is Of<Kind> => entry.kind === kind);
}
