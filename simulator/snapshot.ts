import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Where a part of the simulator keeps its state, so that a restart changes nothing for the people in it. */
export interface Snapshot {
  /** What was saved last, as parsed JSON; undefined at the very first start. */
  load(): unknown;
  save(state: unknown): void;
}

/** A JSON file, replaced as a whole: a kill leaves the old one or the new one. */
export function fileSnapshot(path: string): Snapshot {
  return {
    load() {
      try {
        const state: unknown = JSON.parse(readFileSync(path, 'utf8'));
        return state;
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      }
    },
    save(state) {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      writeFileSync(`${path}.new`, JSON.stringify(state), { mode: 0o600 });
      renameSync(`${path}.new`, path);
    },
  };
}

/** Nothing outlives the process. For tests. */
export function noSnapshot(): Snapshot {
  return { load: () => undefined, save: () => {} };
}
