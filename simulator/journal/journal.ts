import type { Entry, NewEntry } from './entry.ts';
import { maskJson, maskOAuth } from './mask.ts';

/** How many entries are kept. */
const KEPT = 2000;

/** What happened, oldest first. In memory only: a restart of the simulator begins a new one. */
export interface Journal {
  /** Secrets end here: what is kept holds none. */
  append(entry: NewEntry): Entry;
  entries(): readonly Entry[];
  /** Called after every entry, until the returned function is called. */
  onEntry(listener: (entry: Entry) => void): () => void;
}

/** @param kept how many entries */
export function createJournal(kept = KEPT): Journal {
  let entries: Entry[] = [];
  let last = 0;
  const listeners = new Set<(entry: Entry) => void>();
  return {
    append(fresh) {
      last += 1;
      const entry = { ...withoutSecrets(fresh), n: last };
      entries.push(entry);
      // Not one by one: the oldest of many is dear to take off.
      if (entries.length >= kept * 2) entries = entries.slice(-kept);
      for (const listener of listeners) listener(entry);
      return entry;
    },
    entries: () => entries.slice(-kept),
    onEntry(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function withoutSecrets(entry: NewEntry): NewEntry {
  return entry.kind === 'account' ? maskOAuth(entry) : maskJson(entry);
}
