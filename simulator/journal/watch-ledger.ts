import type { Clock } from '../../src/lib/clock.ts';
import type { LedgerRecord } from './entry.ts';
import type { Journal } from './journal.ts';
import type { LedgerView, Running } from './ledger.ts';

/** How often to look, in milliseconds: what a person takes for "at once". */
const POLL_MS = 100;

/** So long after the last thing that happened, something may still change in the ledger. */
const ALERT_MS = 3000;

/** Of requests that are not done, and that are looked for. */
const FOLLOWED = 1000;

export interface LedgerWatch {
  running: Running;
  look(): void;
  /** Looks now and then until the returned function is called, though nothing seems to happen. */
  attend(): () => void;
  stop(): void;
}

interface LedgerWatchDeps {
  journal: Journal;
  ledger: LedgerView;
  clock: Clock;
  isBusy: () => boolean;
}

/** Writes into the journal how the records of those requests change that the journal has heard of. */
export function watchLedger({ journal, ledger, clock, isBusy }: LedgerWatchDeps): LedgerWatch {
  const records = new Map<string, LedgerRecord>();
  /** Not done yet, as far as is known. */
  const followed = new Set<string>();
  let watchers = 0;
  let heardAt = clock();

  const look = (): void => {
    const found = followed.size > 0 ? ledger.read([...followed]) : undefined;
    for (const [id, record] of found ?? []) note(id, record);
  };

  const note = (id: string, record: LedgerRecord): void => {
    const before = records.get(id);
    if (record.state === 'done') followed.delete(id);
    if (isSame(before, record)) return;
    records.set(id, record);
    journal.append({ kind: 'ledger', at: clock(), requestId: id, record, before: before?.state });
  };

  const forget = journal.onEntry(({ kind, requestId }) => {
    if (kind === 'ledger') return;
    heardAt = clock();
    // What is done stays done, but may be delivered again.
    if (requestId === undefined || followed.has(requestId)) return;
    followed.add(requestId);
    if (followed.size > FOLLOWED) drop(followed);
    if (records.size > FOLLOWED * 2) drop(records);
  });

  const timer = setInterval(() => {
    const isAwake = watchers > 0 || isBusy() || clock() - heardAt < ALERT_MS;
    if (isAwake && ledger.hasChanged()) look();
  }, POLL_MS);
  timer.unref();

  return {
    running() {
      const found = ledger.read([...followed]);
      for (const [id, record] of found ?? []) note(id, record);
      return (
        found && new Set([...found].flatMap(([id, { state }]) => (state === 'running' ? id : [])))
      );
    },
    look() {
      if (ledger.hasChanged()) look();
    },
    attend() {
      watchers += 1;
      return () => {
        watchers -= 1;
      };
    },
    stop() {
      clearInterval(timer);
      forget();
      ledger.close();
    },
  };
}

function isSame(one: LedgerRecord | undefined, other: LedgerRecord): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The oldest. */
function drop(of: Set<string> | Map<string, unknown>): void {
  const [oldest] = of.keys();
  if (oldest !== undefined) of.delete(oldest);
}
