import { type Clock, minutes } from '../lib/clock.ts';
import { isNewUse } from '../lib/store/consent-rules.ts';
import type { Grant, GrantStore } from '../lib/store/store.ts';
import type { Log } from '../lib/telemetry/log.ts';

/** How long a use may lie before it is written down, in milliseconds. */
const WRITE_EVERY_MS = minutes(1);

export interface UseNotesOptions {
  grants: Pick<GrantStore, 'noteUse'>;
  clock: Clock;
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  log: Log;
}

/** Writes down which grants are in use, so that those that aren't can be found. */
export interface UseNotes {
  /** Takes no time: what is worth writing down is written later, away from any request. */
  note(grant: Grant): void;
  /** Writes what is left. */
  stop(): Promise<void>;
}

/** One write a day and grant. What a crash loses is noted with the next use. */
export function startUseNotes({ grants, clock, sleep, log }: UseNotesOptions): UseNotes {
  const stopping = new AbortController();
  const noted = new Map<string, { grant: Grant; at: number }>();

  const write = async (): Promise<void> => {
    for (const [user, note] of noted) {
      await grants.noteUse(note.grant.user, note.grant.version, note.at);
      // Unless there is a newer one.
      if (noted.get(user) === note) noted.delete(user);
    }
  };
  const writeOrLeave = (): Promise<void> =>
    write().catch((error: unknown) => log.warn('uses could not be noted; it goes on', { error }));

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await sleep(WRITE_EVERY_MS, stopping.signal).catch(() => {});
      await writeOrLeave();
    }
  };
  const running = run();

  return {
    note(grant) {
      const at = clock();
      if (isNewUse(grant, at)) noted.set(grant.user, { grant, at });
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
